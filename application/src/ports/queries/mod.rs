//! Read models, one port a noun. Every list is bounded, ordered newest first unless stated otherwise,
//! and a page takes a constant number of statements. A cursor that was not issued by this server
//! starts at the beginning.

mod booking;
mod payment;
mod property;
mod review;
mod statistics;
mod user;

#[cfg(feature = "mocks")]
pub use booking::MockBookingQueries;
pub use booking::{BookingFilter, BookingQueries, BookingSort, Period, Side};
#[cfg(feature = "mocks")]
pub use payment::MockPaymentQueries;
pub use payment::{PaymentQueries, RefundView};
#[cfg(feature = "mocks")]
pub use property::MockPropertyQueries;
pub use property::{
    Place, PropertyFilter, PropertyQueries, PropertySearch, SearchHit, SearchSort, SummaryRow,
    SummaryRows,
};
#[cfg(feature = "mocks")]
pub use review::MockReviewQueries;
pub use review::{AnyReviews, RatingDetails, ReviewFilter, ReviewQueries};
#[cfg(feature = "mocks")]
pub use statistics::MockStatisticsQueries;
pub use statistics::{Backlog, Statistics, StatisticsQueries};
#[cfg(feature = "mocks")]
pub use user::MockUserQueries;
pub use user::{AccountState, Obligations, UserFilter, UserQueries};
