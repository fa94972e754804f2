//! The request of a search, and its rules.

use sojourn_domain::shared::{Guests, RepositoryError, Violations};

use crate::failure::{Failure, UseCaseError};
use crate::ports::{Ports, PropertySearch, SearchSort};

/// A search request.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchRequest {
    /// The search criteria.
    pub search: PropertySearch,
    /// Guest counts for pricing; without them, `search.guests` adults, or one.
    pub guests: Option<Guests>,
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
    use sojourn_domain::shared::{Currency, Page, PageRequest};

    use super::*;
    use crate::property::search::search;
    use crate::test_support::test_ports::TestPorts;

    fn page(limit: u32) -> PageRequest {
        PageRequest { limit, after: None }
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
