//! Collecting all pages of a list.

use sojourn_domain::property::PropertyStatus;
use sojourn_domain::shared::{Page, PageRequest, PropertyId, RepositoryError, UserId};

use crate::ports::{Ports, PropertyFilter};

/// Rows per page.
const PAGE_SIZE: u32 = 100;

/// Collects all rows of a paginated list.
///
/// # Errors
/// The first error of a page.
pub(crate) async fn collect_all_pages<T, F>(
    load_page: impl Fn(PageRequest) -> F,
) -> Result<Vec<T>, RepositoryError>
where
    F: Future<Output = Result<Page<T>, RepositoryError>>,
{
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = load_page(PageRequest {
            limit: PAGE_SIZE,
            after,
        })
        .await?;
        rows.extend(page.data);
        if page.next.is_none() {
            return Ok(rows);
        }
        after = page.next;
    }
}

/// All listed properties of a host.
///
/// # Errors
/// [`RepositoryError`].
pub(crate) async fn listed_property_ids(
    ports: &Ports,
    host: UserId,
) -> Result<Vec<PropertyId>, RepositoryError> {
    let filter = PropertyFilter {
        status: Some(PropertyStatus::Listed),
        host: Some(host),
    };
    collect_all_pages(|page| async move {
        let listed = ports.property_queries.properties(filter, page).await?;
        Ok(listed.map(|property| property.id))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn ends_with_the_last_page() {
        let rows = collect_all_pages(|request| async move {
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
                Some(after) => panic!("unexpected cursor {after}"),
            })
        });
        assert_eq!(rows.await, Ok(vec![1, 2, 3]));
    }
}
