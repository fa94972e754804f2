//! Values that several nouns share.

pub(crate) mod actor;
pub(crate) mod audit;
pub(crate) mod basis_points;
pub(crate) mod booking_role;
pub(crate) mod currency;
pub(crate) mod email;
pub(crate) mod guests;
pub(crate) mod id;
pub(crate) mod invalid_record;
pub(crate) mod local_time;
pub(crate) mod marketplace_terms;
pub(crate) mod money;
#[cfg(test)]
mod money_tests;
pub(crate) mod notification;
pub(crate) mod repository;
pub(crate) mod stay;
pub(crate) mod string_enum;
pub(crate) mod text;
pub(crate) mod violations;

pub use actor::Actor;
pub use audit::{AuditAction, AuditEntry, AuditSubject};
pub use basis_points::{BasisPoints, BasisPointsError};
pub use booking_role::BookingRole;
pub use currency::Currency;
pub use email::{Email, EmailError};
pub use guests::{Guests, GuestsError};
pub use id::{
    AlterationId, BookingId, IdError, JobId, PaymentEntryId, PaymentId, PayoutId, PropertyId,
    ReviewId, SessionId, UserId, WishlistId,
};
pub use invalid_record::InvalidRecord;
pub use local_time::{instant_of, local_date};
pub use marketplace_terms::MarketplaceTerms;
pub use money::{Money, MoneyError};
pub use notification::{Notification, SecurityChange};
pub use repository::{CommitError, Page, PageRequest, RepositoryError};
pub use stay::{Stay, StayError};
pub use string_enum::UnknownVariant;
pub use text::{is_directional, is_invisible, is_line_break, is_lines, is_one_line, is_visible};
pub use violations::{Violation, Violations};
