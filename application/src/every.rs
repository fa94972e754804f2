//! Reading a list to its end.

use sojourn_domain::property::PropertyStatus;
use sojourn_domain::shared::{Page, PageRequest, PropertyId, StoreError, UserId};

use crate::ports::{Ports, PropertyFilter};

/// How many rows a page has.
const PAGE: u32 = 100;

/// Every row of a list that is read in pages.
///
/// # Errors
/// The first of a page.
pub(crate) async fn every<T, F>(page_of: impl Fn(PageRequest) -> F) -> Result<Vec<T>, StoreError>
where
    F: Future<Output = Result<Page<T>, StoreError>>,
{
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = page_of(PageRequest { limit: PAGE, after }).await?;
        rows.extend(page.data);
        if page.next.is_none() {
            return Ok(rows);
        }
        after = page.next;
    }
}

/// Every listed property of a host.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn listed_of(ports: &Ports, host: UserId) -> Result<Vec<PropertyId>, StoreError> {
    let filter = PropertyFilter {
        status: Some(PropertyStatus::Listed),
        host: Some(host),
    };
    every(|page| async move {
        let listed = ports.queries.properties(filter, page).await?;
        Ok(listed.map(|property| property.id))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn ends_with_the_last_page() {
        let rows = every(|request| async move {
            assert_eq!(request.limit, 100);
            Ok(match request.after.as_deref() {
                None => Page {
                    data: vec![1, 2],
                    next: Some("two".to_owned()),
                },
                Some("two") => Page {
                    data: vec![3],
                    next: None,
                },
                Some(after) => panic!("{after} was not given"),
            })
        });
        assert_eq!(rows.await, Ok(vec![1, 2, 3]));
    }
}
