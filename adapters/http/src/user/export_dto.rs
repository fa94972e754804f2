//! A copy of everything that is kept about an account.

use serde::Serialize;
use sojourn_application::user::Export;
use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Actor, SessionId};
use utoipa::ToSchema;

use super::dto::UserDto;
use crate::auth::SessionDto;
use crate::booking::BookingDto;
use crate::payment::PaymentDto;
use crate::property::PropertyDto;
use crate::review::ReviewDto;

/// Everything that is kept about an account. Other people appear in it by their ids and by what they wrote in its
/// bookings.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Export)]
pub struct ExportDto {
    /// The account.
    pub user: UserDto,
    /// Whether logging in takes a second factor.
    pub second_factor: bool,
    /// Its open sessions.
    pub sessions: Vec<SessionDto>,
    /// Its properties, in whatever state.
    pub properties: Vec<PropertyDto>,
    /// Its bookings, as guest or host.
    pub bookings: Vec<BookingDto>,
    /// The payments of those.
    pub payments: Vec<PaymentDto>,
    /// The reviews that its owner wrote.
    pub reviews: Vec<ReviewDto>,
}

impl ExportDto {
    /// The copy, made for the session that asks: all in it is as the account's owner sees it.
    pub fn new(export: Export, asking: SessionId) -> Self {
        let owner = Actor::member(export.user.id);
        let booking = |it: &Booking| {
            it.party_of(&owner)
                .map(|party| BookingDto::seen_by(party, it, None))
        };
        let sessions = export.sessions.into_iter();
        Self {
            user: UserDto::from(&export.user),
            second_factor: export.second_factor,
            sessions: sessions
                .map(|session| SessionDto::of(session, asking))
                .collect(),
            properties: export
                .properties
                .iter()
                .map(|it| PropertyDto::new(it, true))
                .collect(),
            bookings: export.bookings.iter().filter_map(booking).collect(),
            payments: export.payments.iter().map(PaymentDto::from).collect(),
            reviews: export
                .reviews
                .iter()
                .map(|it| ReviewDto::seen_by(it, Some(&owner)))
                .collect(),
        }
    }
}
