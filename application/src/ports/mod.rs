//! Ports: the interfaces that use cases depend on.

mod account_events;
mod audit;
mod bundle;
mod cache;
mod clock;
mod debt_waivers;
mod gateway;
mod guest_activity;
mod health;
mod idempotency;
mod import;
mod jobs;
mod ledger;
mod limits;
mod mail_quota;
mod mailer;
mod queries;
mod security;
mod sessions;
mod terms;

pub use account_events::{
    AccountEvent, AccountEvents, EVENT_RETENTION, EventNotification, EventSubject,
};
pub use audit::{AuditChain, AuditFilter, AuditHead, AuditLine, AuditLog, AuditSeal};
pub use bundle::Ports;
pub use cache::{
    Cache, CacheCounts, CacheKey, CacheNamespace, CacheReport, CacheStatus, CacheTag, Load, NoCache,
};
pub use clock::{Clock, Ids};
pub use debt_waivers::{DebtWaiver, DebtWaivers};
pub use gateway::{GatewayError, GatewayRequest, PaymentGateway};
pub use guest_activity::{GuestActivity, UnlimitedActivity};
pub use health::HealthCheck;
pub use idempotency::{
    Attempt, IdempotencyClaim, IdempotencyKey, IdempotencyStore, Outcome, OutcomeCall, OutcomeKind,
    StoredResponse,
};
pub use import::{ImportBatch, ImportCounts, Importer};
pub use jobs::{
    ANSWER_TIMEOUT, Backoff, DueSubject, DueWork, Heartbeat, Job, JobAction, JobAdmin, JobChange,
    JobFilter, JobKind, JobPayload, JobQueue, JobRecord, JobStatus, REFUND_RETRY_DELAY,
    WorkerActivity, WorkerRegistry,
};
pub use ledger::{
    Balances, HostBalance, JournalFilter, LedgerQueries, PayoutFilter, PayoutView, SnapshotPage,
};
pub use limits::{Allowance, Quota, RateLimits, Unlimited};
pub use mail_quota::{MAILS_PER_HOUR, MailQuota, UnlimitedMails};
pub use mailer::{Mail, MailError, Mailer};
pub use queries::{
    AccountState, AnyReviews, Backlog, BookingFilter, BookingQueries, BookingSort, Obligations,
    PaymentQueries, Period, Place, PropertyFilter, PropertyQueries, PropertySearch, RatingDetails,
    RefundView, ReviewFilter, ReviewQueries, SearchHit, SearchSort, Side, Statistics,
    StatisticsQueries, SummaryRow, SummaryRows, UserFilter, UserQueries,
};
pub use security::{
    AccessClaims, AccessTokens, HashError, HashOrigin, NewTotp, OneTimeTokens, PasswordCheck,
    PasswordHasher, PublicKey, Purpose, Redeemed, Signer, TokenError, TotpCodes,
};
pub use sessions::{OpenSession, REFRESH_GRACE_SECONDS, RefreshOutcome, Session, SessionStore};
pub use terms::TermsStore;
#[cfg(feature = "mocks")]
pub use {
    account_events::MockAccountEvents,
    audit::MockAuditLog,
    clock::{MockClock, MockIds},
    debt_waivers::MockDebtWaivers,
    gateway::MockPaymentGateway,
    guest_activity::MockGuestActivity,
    health::MockHealthCheck,
    jobs::{MockDueWork, MockJobAdmin, MockJobQueue, MockWorkerRegistry},
    ledger::MockLedgerQueries,
    limits::MockRateLimits,
    mail_quota::MockMailQuota,
    mailer::MockMailer,
    queries::{
        MockBookingQueries, MockPaymentQueries, MockPropertyQueries, MockReviewQueries,
        MockStatisticsQueries, MockUserQueries,
    },
    security::{
        MockAccessTokens, MockOneTimeTokens, MockPasswordHasher, MockSigner, MockTotpCodes,
    },
    sessions::MockSessionStore,
    terms::MockTermsStore,
};
