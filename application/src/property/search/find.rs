//! Property search.

use sojourn_domain::shared::{Actor, Page, PageRequest};

use super::by_price::{is_decided_first, search_by_price};
use super::hit_filter::{HitFilter, SearchResult};
use super::request::{SearchError, SearchRequest, prepare};
use crate::ports::Ports;

/// Maximum number of reads per page, as rules applied afterwards may drop results.
const MAX_BATCHES: u32 = 5;

/// Searches properties that match and are visible to the caller, in pages; with a stay, only those
/// that can be booked for it, and with flexible dates each for its cheapest one. If many matches turn out to be
/// unavailable, a page may have fewer rows than requested and still a next page.
///
/// # Errors
/// [`SearchError`].
pub async fn search(
    ports: &Ports,
    actor: Option<&Actor>,
    request: SearchRequest,
    page: PageRequest,
) -> Result<Page<SearchResult>, SearchError> {
    let (search, guests) = prepare(ports, request).await?;
    let filter = HitFilter::new(ports, actor, &search, guests);
    if is_decided_first(&search) {
        return search_by_price(&filter, search.sort, &page).await;
    }
    let wanted = page.limit as usize;
    let mut found = Page {
        data: Vec::with_capacity(wanted),
        next: page.after,
    };
    for _ in 0..MAX_BATCHES {
        let batch = PageRequest {
            limit: page.limit,
            after: found.next.take(),
        };
        let batch = ports.property_queries.search(search.clone(), batch).await?;
        let mut hits = batch.data.into_iter().peekable();
        while let Some(hit) = hits.next() {
            let position = hit.position.clone();
            let accepted = filter.accept(hit).map(|it| it.result);
            found.data.extend(accepted);
            if found.data.len() >= wanted {
                found.next = if hits.peek().is_some() {
                    Some(position)
                } else {
                    batch.next
                };
                return Ok(found);
            }
        }
        found.next = batch.next;
        if found.next.is_none() {
            break;
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use sojourn_domain::property::{Calendar, ClaimKind, NightClaim};

    use super::*;
    use crate::ports::{PropertySearch, SearchHit};
    use crate::test_support::test_ports::{TestPorts, complete_details, date, draft, listed, usd};

    fn hit(position: &str, calendar: Calendar) -> SearchHit {
        SearchHit {
            property: listed(),
            calendar: Some(calendar),
            position: position.into(),
        }
    }

    fn taken() -> Calendar {
        let claim = NightClaim {
            night: date("2026-07-01"),
            kind: ClaimKind::Booked,
            booking_id: None,
        };
        let range = (date("2026-07-01"), date("2026-08-01"));
        Calendar::try_new(listed().id, range, [], [claim]).unwrap()
    }

    fn free() -> Calendar {
        Calendar::free(listed().id, date("2026-07-01"), date("2026-08-01"))
    }

    fn request() -> SearchRequest {
        let stay = "2026-07-01/2026-07-03".parse().ok();
        SearchRequest {
            search: PropertySearch {
                stay,
                ..PropertySearch::default()
            },
            guests: None,
        }
    }

    fn page(limit: u32) -> PageRequest {
        PageRequest { limit, after: None }
    }

    #[tokio::test]
    async fn skips_unbookable_hits_and_prices_the_rest() {
        let mut test = TestPorts::new();
        test.property_queries
            .expect_search()
            .times(2)
            .returning(|_, page| {
                Ok(match page.after.as_deref() {
                    None => Page {
                        data: vec![hit("a", free()), hit("b", taken())],
                        next: Some("b".into()),
                    },
                    _ => Page {
                        data: vec![hit("c", free()), hit("d", taken())],
                        next: Some("d".into()),
                    },
                })
            });
        let found = search(&test.ports(), None, request(), page(2))
            .await
            .unwrap();
        assert_eq!(found.data.len(), 2);
        assert_eq!(found.data[0].total, Some(usd(228_40)));
        assert_eq!(found.next.as_deref(), Some("c"));
    }

    #[tokio::test]
    async fn stops_after_five_batches_with_a_next_page() {
        let mut test = TestPorts::new();
        test.property_queries
            .expect_search()
            .times(5)
            .returning(|_, _| {
                Ok(Page {
                    data: vec![hit("a", taken())],
                    next: Some("a".into()),
                })
            });
        let found = search(&test.ports(), None, request(), page(1))
            .await
            .unwrap();
        assert_eq!((found.data.len(), found.next.as_deref()), (0, Some("a")));
    }

    #[tokio::test]
    async fn a_hosts_drafts_are_for_the_host() {
        let mut test = TestPorts::new();
        test.property_queries.expect_search().return_once(|_, _| {
            let hit = SearchHit {
                property: draft(complete_details()),
                ..hit("a", free())
            };
            Ok(Page {
                data: vec![hit],
                next: None,
            })
        });
        let found = search(&test.ports(), None, SearchRequest::default(), page(20))
            .await
            .unwrap();
        assert!(found.data.is_empty());
    }
}
