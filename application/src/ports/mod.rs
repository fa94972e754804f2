//! What the use cases need of the world.

mod all;
mod clock;
mod gateway;
mod idempotency;
mod import;
mod jobs;
mod ledger;
mod mailer;
mod queries;
mod secrets;
mod sessions;
mod terms;

pub use all::Ports;
pub use clock::{Clock, Ids};
pub use gateway::{Charge, GatewayError, PaymentGateway};
pub use idempotency::{IdempotencyClaim, IdempotencyKey, IdempotencyStore, StoredResponse};
pub use import::{ImportBatch, ImportCounts, Importer};
pub use jobs::{Job, JobQueue};
pub use ledger::{Balances, HostBalance, JournalFilter, LedgerQueries, PayoutFilter, PayoutView};
pub use mailer::{Mail, MailError, Mailer};
pub use queries::{
    BookingFilter, PropertySearch, Queries, ReviewFilter, SearchHit, SearchSort, Side, UserFilter,
};
pub use secrets::{
    AccessClaims, AccessTokens, HashError, OneTimeTokens, PasswordHasher, Purpose, Signer, TokenError,
};
pub use sessions::{RefreshOutcome, Session, SessionStore};
pub use terms::TermsStore;
#[cfg(feature = "mocks")]
pub use {
    clock::{MockClock, MockIds},
    gateway::MockPaymentGateway,
    jobs::MockJobQueue,
    ledger::MockLedgerQueries,
    mailer::MockMailer,
    queries::MockQueries,
    secrets::{MockAccessTokens, MockOneTimeTokens, MockPasswordHasher, MockSigner},
    sessions::MockSessionStore,
    terms::MockTermsStore,
};
