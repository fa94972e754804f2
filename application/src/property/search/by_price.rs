//! Searches with flexible dates, sorted by price.

use sojourn_domain::shared::{Page, PageRequest, PropertyId, Violations};

use super::hit_filter::{Accepted, HitFilter, SearchResult};
use super::request::SearchError;
use crate::ports::{PropertySearch, SearchSort};

/// True if the price by which a search is sorted is known only after all its properties are decided on: that of the
/// cheapest of several stays.
pub(super) const fn is_decided_first(search: &PropertySearch) -> bool {
    let by_price = matches!(search.sort, SearchSort::Price | SearchSort::PriceDescending);
    by_price && search.flexible_days > 0
}

/// A page of a search in the order of the prices of the chosen stays. All its properties are decided on, so that it
/// refuses to sort more than [`HitFilter::most`].
///
/// # Errors
/// [`SearchError`].
pub(super) async fn search_by_price(
    filter: &HitFilter<'_>,
    sort: SearchSort,
    page: &PageRequest,
) -> Result<Page<SearchResult>, SearchError> {
    let (accepted, more) = filter.accept_all().await?;
    if more {
        return Err(SearchError::Invalid(too_many(filter.most())));
    }
    let mut all: Vec<_> = accepted
        .into_iter()
        .map(|it| (position(&it), it.result))
        .collect();
    all.sort_by_key(|(position, _)| *position);
    if sort == SearchSort::PriceDescending {
        all.reverse();
    }
    let after = page.after.as_deref().and_then(parse);
    let begin = after.map_or(0, |after| {
        all.partition_point(|(position, _)| match sort {
            SearchSort::PriceDescending => *position >= after,
            _ => *position <= after,
        })
    });
    let mut rest = all.into_iter().skip(begin).peekable();
    let mut found = Page {
        data: Vec::new(),
        next: None,
    };
    for _ in 0..page.limit {
        let Some((position, result)) = rest.next() else {
            break;
        };
        found.data.push(result);
        found.next = rest.peek().is_some().then(|| format(position));
    }
    Ok(found)
}

fn too_many(most: u32) -> Violations {
    let mut found = Violations::new();
    let detail =
        format!("flexible dates are sorted by price among up to {most} results: narrow the search");
    found.add("/sort", "too_many", detail);
    found
}

/// A place in the order: the price of the nights, and the id.
type Position = (i128, PropertyId);

const fn position(accepted: &Accepted) -> Position {
    (accepted.nights_total, accepted.result.property.id)
}

fn format((price, id): Position) -> String {
    format!("{price}|{id}")
}

/// The place; `None` if this server has not issued it.
fn parse(text: &str) -> Option<Position> {
    let (price, id) = text.split_once('|')?;
    Some((price.parse().ok()?, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use sojourn_domain::property::{Calendar, Pricing, Property};
    use uuid::Uuid;

    use super::*;
    use crate::ports::SearchHit;
    use crate::property::search::{SearchRequest, search};
    use crate::test_support::test_ports::{TestPorts, date, listed, usd};

    fn hit(number: u128, price: i64) -> SearchHit {
        let mut record = listed().into_record();
        record.id = PropertyId::new(Uuid::from_u128(number));
        record.details.pricing = Some(Pricing::nightly(usd(price)));
        let property = Property::restore(record).unwrap();
        let calendar = Calendar::free(property.id, date("2026-06-01"), date("2026-08-01"));
        SearchHit {
            property,
            calendar: Some(calendar),
            position: String::new(),
        }
    }

    fn request(sort: SearchSort) -> SearchRequest {
        SearchRequest {
            search: PropertySearch {
                stay: "2026-07-01/2026-07-03".parse().ok(),
                flexible_days: 3,
                sort,
                ..PropertySearch::default()
            },
            guests: None,
        }
    }

    fn ports(next: Option<&'static str>, most: u32) -> TestPorts {
        let mut test = TestPorts::new();
        test.property_queries
            .expect_has_mixed_currencies()
            .returning(|_| Ok(false));
        test.property_queries
            .expect_search()
            .returning(move |search, page| {
                assert_eq!((search.sort, page.limit), (SearchSort::Relevance, most));
                let prices = [(1, 300_00), (2, 100_00), (3, 200_00), (4, 100_00)];
                Ok(Page {
                    data: prices.map(|(number, price)| hit(number, price)).into(),
                    next: next.map(Into::into),
                })
            });
        test
    }

    async fn pages(sort: SearchSort) -> Vec<u128> {
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let page = PageRequest { limit: 3, after };
            let page = search(&ports(None, 1_000).ports(), None, request(sort), page)
                .await
                .unwrap();
            let ids = page.data.iter();
            found.extend(ids.map(|it| it.property.id.uuid().as_u128()));
            after = page.next;
            if after.is_none() {
                return found;
            }
        }
    }

    #[tokio::test]
    async fn pages_follow_each_other_in_both_orders() {
        assert_eq!(pages(SearchSort::Price).await, [2, 4, 3, 1]);
        assert_eq!(pages(SearchSort::PriceDescending).await, [1, 3, 4, 2]);
    }

    #[tokio::test]
    async fn more_properties_than_can_be_decided_on_are_not_sorted() {
        for (days, most) in [(1, 1_000), (4, 1_000), (5, 909), (14, 344)] {
            let page = PageRequest {
                limit: 3,
                after: None,
            };
            let ports = ports(Some("more"), most).ports();
            let mut request = request(SearchSort::Price);
            request.search.flexible_days = days;
            let refused = search(&ports, None, request, page).await;
            assert_eq!(refused, Err(SearchError::Invalid(too_many(most))));
        }
    }
}
