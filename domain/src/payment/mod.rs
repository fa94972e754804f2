//! Payments: one a booking; what happened to it is an append-only list.

mod entry;
mod record;
mod repository;

pub use entry::{EntryKind, PaymentEntry};
pub use record::{Call, CallKind, GatewayOutcome, Payment, PaymentError, PaymentRecord, PaymentStatus};
#[cfg(feature = "mocks")]
pub use repository::MockPaymentRepository;
pub use repository::PaymentRepository;
