//! Guests.

use async_graphql::InputObject;
use sojourn_application::input;
use sojourn_domain::shared::{Guests, Violations};

/// Number of guests by kind, at most 50 each.
#[derive(Debug, Clone, Copy, InputObject)]
pub(crate) struct GuestsInput {
    /// Number of adults, at least one.
    adults: u32,
    /// Number of children aged 2 to 12.
    #[graphql(default)]
    children: u32,
    /// Number of infants under 2; not counted in limits and prices.
    #[graphql(default)]
    infants: u32,
    /// Number of pets.
    #[graphql(default)]
    pets: u32,
}

impl GuestsInput {
    /// The guests; adds a violation for each count out of range.
    pub(crate) fn parse(self, found: &mut Violations) -> Option<Guests> {
        let counts = [self.adults, self.children, self.infants, self.pets];
        input::guests(counts, "/guests", found)
    }
}
