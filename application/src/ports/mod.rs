//! Ports: the interfaces that use cases depend on.

mod all;
mod audit;
mod cache;
mod clock;
mod gateway;
mod idempotency;
mod import;
mod jobs;
mod ledger;
mod limits;
mod mailer;
mod queries;
mod secrets;
mod sessions;
mod terms;

pub use all::Ports;
pub use audit::{AuditChain, AuditFilter, AuditLine, AuditLog};
pub use cache::{
    Cache, CacheCounts, CacheKey, CacheReport, Freshness, Load, NoCache, Shelf, Topic,
};
pub use clock::{Clock, Ids};
pub use gateway::{Charge, GatewayError, PaymentGateway};
pub use idempotency::{IdempotencyClaim, IdempotencyKey, IdempotencyStore, StoredResponse};
pub use import::{ImportBatch, ImportCounts, Importer};
pub use jobs::{Job, JobQueue};
pub use ledger::{Balances, HostBalance, JournalFilter, LedgerQueries, PayoutFilter, PayoutView};
pub use limits::{Allowance, Quota, RateLimits, Unlimited};
pub use mailer::{Mail, MailError, Mailer};
pub use queries::{
    AccountState, BookingFilter, Obligations, PropertyFilter, PropertySearch, Queries, RefundView,
    ReviewFilter, SearchHit, SearchSort, Side, UserFilter,
};
pub use secrets::{
    AccessClaims, AccessTokens, HashError, NewTotp, OneTimeTokens, PasswordHasher, PublicKey,
    Purpose, Signer, TokenError, TotpCodes, Verified,
};
pub use sessions::{RefreshOutcome, Session, SessionStore};
pub use terms::TermsStore;
#[cfg(feature = "mocks")]
pub use {
    audit::MockAuditLog,
    clock::{MockClock, MockIds},
    gateway::MockPaymentGateway,
    jobs::MockJobQueue,
    ledger::MockLedgerQueries,
    limits::MockRateLimits,
    mailer::MockMailer,
    queries::MockQueries,
    secrets::{MockAccessTokens, MockOneTimeTokens, MockPasswordHasher, MockSigner, MockTotpCodes},
    sessions::MockSessionStore,
    terms::MockTermsStore,
};
