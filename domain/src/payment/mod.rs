//! Payments: one a booking, with an append-only list of entries, pending gateway calls and payouts to the host.

pub(crate) mod card_limits;
#[cfg(test)]
mod card_limits_tests;
pub(crate) mod charges;
mod check_record;
#[cfg(test)]
#[cfg(feature = "ledger")]
mod check_record_tests;
pub(crate) mod entry;
pub(crate) mod gateway_call;
pub(crate) mod payment;
#[cfg(test)]
mod payment_tests;
pub(crate) mod payout;
mod payouts;
pub(crate) mod refunds;
pub(crate) mod repository;
pub(crate) mod totals;

pub use card_limits::{TooManyRefusedCards, check_refused_cards};
pub use charges::PaymentError;
pub use entry::{EntryKind, PaymentEntry};
pub use gateway_call::{GatewayCall, GatewayCallKind, GatewayOutcome};
pub use payment::{Payment, PaymentRecord};
pub use payout::{Instalment, Payout, PayoutStatus};
#[cfg(feature = "mocks")]
pub use repository::MockPaymentRepository;
#[cfg(feature = "repositories")]
pub use repository::PaymentRepository;
pub use repository::{HostAccount, PaymentChange};
pub use totals::PaymentStatus;
