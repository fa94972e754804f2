//! Payments: one per booking, with an append-only list of entries and a payout schedule.

mod call;
mod entry;
mod moves;
mod payout;
mod payouts;
mod reading;
mod record;
mod refunds;
mod repository;
#[cfg(test)]
mod tests;

pub use call::{Call, CallKind, GatewayOutcome};
pub use entry::{EntryKind, PaymentEntry};
pub use moves::PaymentError;
pub use payout::{Instalment, Payout, PayoutStatus};
pub use reading::PaymentStatus;
pub use record::{Payment, PaymentRecord};
#[cfg(feature = "mocks")]
pub use repository::MockPaymentRepository;
pub use repository::{HostAccount, PaymentChange, PaymentRepository};
