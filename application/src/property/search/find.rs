//! Property search.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Offer, StayRequest};
use sojourn_domain::shared::{
    Actor, Guests, Money, Page, PageRequest, RepositoryError, Stay, Violations,
};

use crate::failure::{Failure, UseCaseError};
use crate::ports::{Ports, PropertySearch, SearchHit, SearchSort};
use crate::property::views::PropertyView;

/// Maximum number of reads per page, as rules applied afterwards may drop results.
const MAX_BATCHES: u32 = 5;

/// A search request.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchRequest {
    /// The search criteria.
    pub search: PropertySearch,
    /// Guest counts for pricing; without them, `search.guests` adults, or one.
    pub guests: Option<Guests>,
}

/// A search result.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchResult {
    /// The property, with a rounded location.
    pub property: PropertyView,
    /// Total of the stay at the standard rate, if a stay was given.
    pub total: Option<Money>,
}

/// Errors of searching properties.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for SearchError {
    fn failure(&self) -> Failure {
        match self {
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Searches properties that match and are visible to the caller, in pages; with a stay, only those
/// that can be booked for it. If many matches turn out to be unavailable, a page may have fewer
/// rows than requested and still a next page.
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
    let now = search.at;
    let filter = HitFilter {
        ports,
        actor,
        stay: search.stay,
        price_min: search.price_min,
        price_max: search.price_max,
        guests,
        now,
    };
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
            found.data.extend(filter.accept(hit));
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

/// The checked search at the current instant, and the guests for pricing.
pub(super) async fn prepare(
    ports: &Ports,
    request: SearchRequest,
) -> Result<(PropertySearch, Option<Guests>), SearchError> {
    let (search, guests) = check(request).map_err(SearchError::Invalid)?;
    let search = PropertySearch {
        at: ports.clock.now(),
        ..search
    };
    require_currency(ports, &search).await?;
    Ok((search, guests))
}

/// Prices in several currencies have no order: a filter or order by price needs the currency, unless
/// all results have one.
async fn require_currency(ports: &Ports, search: &PropertySearch) -> Result<(), SearchError> {
    let by_price = search.price_min.is_some()
        || search.price_max.is_some()
        || matches!(search.sort, SearchSort::Price | SearchSort::PriceDescending);
    if !by_price || search.currency.is_some() {
        return Ok(());
    }
    let mut found = Violations::new();
    let mixed = ports
        .property_queries
        .has_mixed_currencies(search.clone())
        .await?;
    found.require(
        !mixed,
        "/currency",
        "required",
        "required to filter or sort by price: there are results in several currencies",
    );
    found.into_result(()).map_err(SearchError::Invalid)
}

/// Filter and pricing applied to each hit.
struct HitFilter<'a> {
    ports: &'a Ports,
    actor: Option<&'a Actor>,
    stay: Option<Stay>,
    price_min: Option<i64>,
    price_max: Option<i64>,
    guests: Option<Guests>,
    now: DateTime<Utc>,
}

impl HitFilter<'_> {
    /// The result; `None` if the property is not visible to the caller or cannot be booked.
    fn accept(&self, hit: SearchHit) -> Option<SearchResult> {
        let SearchHit {
            property,
            calendar,
            position: _,
        } = hit;
        if !property.visible_to(self.actor) {
            return None;
        }
        let (Some(stay), Some(guests), Some(calendar)) = (self.stay, self.guests, calendar) else {
            return Some(SearchResult {
                property: PropertyView::new(property, false),
                total: None,
            });
        };
        let offer = Offer::new(&property, &calendar, &self.ports.terms);
        let request = StayRequest::new(stay, guests);
        offer.check(request, self.now).ok()?;
        let price = offer.price(request, self.now).ok()?;
        let least = self
            .price_min
            .map(|least| Money::new(least, price.currency()));
        if least.is_some_and(|least| !price.is_at_least(least))
            || self.price_max.is_some_and(|most| !price.is_at_most(most))
        {
            return None;
        }
        Some(SearchResult {
            property: PropertyView::new(property, false),
            total: Some(price.total),
        })
    }
}

fn check(request: SearchRequest) -> Result<(PropertySearch, Option<Guests>), Violations> {
    let SearchRequest { mut search, guests } = request;
    let mut found = Violations::new();
    if let (Some(min), Some(max)) = (search.price_min, search.price_max) {
        found.require(
            min <= max,
            "/price_max",
            "contradiction",
            "must not be below price_min",
        );
    }
    let near = search.sort != SearchSort::Distance || search.near.is_some();
    found.require(near, "/near", "required", "required to sort by distance");
    if let Some((_, radius)) = search.near {
        found.require(
            radius > 0.0 && radius <= 20_100.0,
            "/radius_km",
            "out_of_range",
            "must be above 0 and at most 20100 km",
        );
    }
    let adults = search.guests.unwrap_or(1);
    let party = guests
        .map_or_else(|| Guests::try_new(adults, 0, 0, 0), Ok)
        .ok();
    found.require(party.is_some(), "/guests", "out_of_range", "1 to 50");
    search.guests = search.guests.or(guests.map(Guests::total_counted));
    found.into_result((search, party))
}

#[cfg(test)]
mod tests {
    use sojourn_domain::property::{Calendar, ClaimKind, NightClaim};
    use sojourn_domain::shared::Currency;

    use super::*;
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

    #[tokio::test]
    async fn all_violations_are_reported_at_once() {
        let search_for = PropertySearch {
            price_min: Some(2),
            price_max: Some(1),
            sort: SearchSort::Distance,
            guests: Some(0),
            ..Default::default()
        };
        let request = SearchRequest {
            search: search_for,
            guests: None,
        };
        let Err(SearchError::Invalid(found)) =
            search(&TestPorts::new().ports(), None, request, page(20)).await
        else {
            panic!("expected an error")
        };
        let pointers: Vec<_> = found
            .iter()
            .map(|violation| violation.pointer.as_str())
            .collect();
        assert_eq!(pointers, ["/price_max", "/near", "/guests"]);
    }

    #[tokio::test]
    async fn prices_in_several_currencies_need_one() {
        let by_price = |sort, price_max, currency| PropertySearch {
            sort,
            price_max,
            currency,
            ..Default::default()
        };
        let euro = Currency::parse("EUR").ok();
        let cases = [
            (by_price(SearchSort::Price, None, None), true, false),
            (
                by_price(SearchSort::PriceDescending, None, None),
                true,
                false,
            ),
            (by_price(SearchSort::Relevance, Some(5), None), true, false),
            (by_price(SearchSort::Price, None, None), false, true),
            (by_price(SearchSort::Price, Some(5), euro), true, true),
            (by_price(SearchSort::Rating, None, None), true, true),
        ];
        for (search_for, mixed, fine) in cases {
            let mut test = TestPorts::new();
            test.property_queries
                .expect_has_mixed_currencies()
                .returning(move |_| Ok(mixed));
            test.property_queries.expect_search().returning(|_, _| {
                Ok(Page {
                    data: Vec::new(),
                    next: None,
                })
            });
            let request = SearchRequest {
                search: search_for.clone(),
                guests: None,
            };
            let answer = search(&test.ports(), None, request, page(20)).await;
            assert_eq!(answer.is_ok(), fine, "{search_for:?}");
        }
    }
}
