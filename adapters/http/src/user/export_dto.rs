//! Data exports of accounts.

use serde::Serialize;
use sojourn_application::user::Export;
use sojourn_domain::shared::SessionId;
use utoipa::ToSchema;

use super::dto::UserDto;
use crate::auth::SessionDto;
use crate::booking::BookingDto;
use crate::payment::PaymentDto;
use crate::property::PropertyDto;
use crate::review::ReviewDto;
use crate::wishlist::ExportedWishlistDto;

/// All stored data of an account. Other accounts appear only by their ids and by their texts in its
/// bookings.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccountExport)]
pub struct ExportDto {
    /// The account.
    pub user: UserDto,
    /// True if the second factor is enabled.
    pub second_factor: bool,
    /// Open sessions.
    pub sessions: Vec<SessionDto>,
    /// Properties in any status.
    pub properties: Vec<PropertyDto>,
    /// Bookings as guest or host.
    pub bookings: Vec<BookingDto>,
    /// Payments of these bookings.
    pub payments: Vec<PaymentDto>,
    /// Reviews written by the account.
    pub reviews: Vec<ReviewDto>,
    /// Wish lists with the notes on their properties.
    pub wishlists: Vec<ExportedWishlistDto>,
}

impl ExportDto {
    /// The export in the view of the account's owner; `asking` is the session of the request.
    pub fn new(export: Export, asking: SessionId) -> Self {
        let sessions = export.sessions.into_iter();
        Self {
            user: UserDto::from(&export.user),
            second_factor: export.second_factor,
            sessions: sessions
                .map(|session| SessionDto::of(session, asking))
                .collect(),
            properties: export.properties.iter().map(PropertyDto::from).collect(),
            bookings: export.bookings.iter().map(BookingDto::from).collect(),
            payments: export.payments.iter().map(PaymentDto::from).collect(),
            reviews: export.reviews.iter().map(ReviewDto::from).collect(),
            wishlists: export.wishlists.into_iter().map(Into::into).collect(),
        }
    }
}
