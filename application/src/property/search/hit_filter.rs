//! The decision on each property that a search finds.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Offer, Price, StayRequest};
use sojourn_domain::property::{Calendar, Property};
use sojourn_domain::shared::{Actor, Guests, Money, PageRequest, RepositoryError, Stay};

use crate::ports::{Ports, PropertySearch, SearchHit, SearchSort};
use crate::property::views::PropertyView;

/// The most properties that are decided on for one answer, beyond the pages of a search.
pub const MOST_COUNTED: u32 = 1_000;

/// The most stays that are priced for one answer: with many starts for each property, fewer properties are decided on.
const MOST_STAYS: u32 = 10_000;

/// A search result.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchResult {
    /// The property, with a rounded location.
    pub property: PropertyView,
    /// The stay that it can be booked for, if one was given: with flexible dates, the cheapest one.
    pub stay: Option<Stay>,
    /// Total of the stay at the standard rate, if one was given.
    pub total: Option<Money>,
}

/// A property that was accepted.
pub(super) struct Accepted {
    /// The result.
    pub(super) result: SearchResult,
    /// The nights of its stay after discounts, before fees and taxes, in minor units; 0 without a stay.
    pub(super) nights_total: i128,
}

/// Filter and pricing applied to each hit.
pub(super) struct HitFilter<'a> {
    ports: &'a Ports,
    actor: Option<&'a Actor>,
    search: &'a PropertySearch,
    guests: Option<Guests>,
    now: DateTime<Utc>,
}

impl<'a> HitFilter<'a> {
    /// The filter of a search at its instant.
    pub(super) const fn new(
        ports: &'a Ports,
        actor: Option<&'a Actor>,
        search: &'a PropertySearch,
        guests: Option<Guests>,
    ) -> Self {
        Self {
            ports,
            actor,
            search,
            guests,
            now: search.at,
        }
    }

    /// The result; `None` if the property is not visible to the caller or cannot be booked.
    pub(super) fn accept(&self, hit: SearchHit) -> Option<Accepted> {
        let SearchHit {
            property,
            calendar,
            position: _,
        } = hit;
        if !property.visible_to(self.actor) {
            return None;
        }
        let (Some(stay), Some(guests), Some(calendar)) = (self.search.stay, self.guests, calendar)
        else {
            let result = SearchResult {
                property: PropertyView::new(property, false),
                stay: None,
                total: None,
            };
            return Some(Accepted {
                result,
                nights_total: 0,
            });
        };
        let request = StayRequest::new(stay, guests);
        let (stay, price) = self.bookable(&property, &calendar, request)?;
        let least = self.search.price_min;
        let least = least.map(|least| Money::new(least, price.currency()));
        if least.is_some_and(|least| !price.is_at_least(least))
            || self
                .search
                .price_max
                .is_some_and(|most| !price.is_at_most(most))
        {
            return None;
        }
        let result = SearchResult {
            property: PropertyView::new(property, false),
            stay: Some(stay),
            total: Some(price.total),
        };
        Some(Accepted {
            result,
            nights_total: price.nights_total(),
        })
    }

    /// The stay that can be booked, and its price.
    fn bookable(
        &self,
        property: &Property,
        calendar: &Calendar,
        request: StayRequest,
    ) -> Option<(Stay, Price)> {
        let offer = Offer::new(property, calendar, &self.ports.terms);
        offer.cheapest_stay(request, self.search.flexible_days, self.now)
    }

    /// The most properties that are decided on: with up to four flexible days [`MOST_COUNTED`], with more days fewer,
    /// as each has more stays to price.
    pub(super) fn most(&self) -> u32 {
        let starts = 2 * self.search.flexible_days + 1;
        MOST_COUNTED.min(MOST_STAYS / starts)
    }

    /// The results among the first [`Self::most`] properties by relevance, and true if there are more of these.
    ///
    /// # Errors
    /// [`RepositoryError`].
    pub(super) async fn accept_all(&self) -> Result<(Vec<Accepted>, bool), RepositoryError> {
        let search = PropertySearch {
            sort: SearchSort::Relevance,
            ..self.search.clone()
        };
        let page = PageRequest {
            limit: self.most(),
            after: None,
        };
        let found = self.ports.property_queries.search(search, page).await?;
        let hits = found.data.into_iter();
        let accepted = hits.filter_map(|hit| self.accept(hit)).collect();
        Ok((accepted, found.next.is_some()))
    }
}
