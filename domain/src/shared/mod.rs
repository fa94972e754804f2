//! Value types shared by all modules.

mod actor;
mod audit;
mod basis_points;
mod currency;
mod email;
mod id;
mod money;
#[cfg(test)]
mod money_tests;
mod notice;
mod paging;
mod party;
mod stay;
mod store;
mod terms;
mod violation;
mod zone;

pub use actor::{Actor, Party};
pub use audit::{AuditAction, AuditEntry, AuditSubject};
pub use basis_points::{BasisPoints, BasisPointsError};
pub use currency::Currency;
pub use email::{Email, EmailError};
pub use id::{
    AlterationId, BookingId, IdError, JobId, PaymentEntryId, PaymentId, PayoutId, PropertyId,
    ReviewId, SessionId, UserId,
};
pub use money::{Money, MoneyError};
pub use notice::{Notice, SecurityChange};
pub use paging::{Page, PageRequest};
pub use party::{Guests, GuestsError};
pub use stay::{Stay, StayError};
pub use store::{CommitError, StoreError};
pub use terms::MarketplaceTerms;
pub use violation::{Violation, Violations};
pub use zone::{instant_of, local_date};
