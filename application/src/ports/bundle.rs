//! All ports.

use std::sync::Arc;

use sojourn_domain::booking::BookingRepository;
use sojourn_domain::payment::PaymentRepository;
use sojourn_domain::property::PropertyRepository;
use sojourn_domain::review::ReviewRepository;
use sojourn_domain::shared::MarketplaceTerms;
use sojourn_domain::user::{SecondFactorRepository, UserRepository};
use sojourn_domain::wishlist::WishlistRepository;

use super::{
    AccessTokens, AccountEvents, AuditLog, BookingQueries, Cache, Clock, DebtWaivers, DueWork,
    GuestActivity, HealthCheck, Ids, JobAdmin, JobQueue, LedgerQueries, MailQuota, Mailer,
    OneTimeTokens, PasswordHasher, PaymentGateway, PaymentQueries, PropertyQueries, RateLimits,
    ReviewQueries, SessionStore, Signer, TotpCodes, UserQueries, WorkerRegistry,
};

/// All ports that use cases depend on.
#[derive(Clone)]
pub struct Ports {
    /// Accounts.
    pub users: Arc<dyn UserRepository>,
    /// Second factors.
    pub factors: Arc<dyn SecondFactorRepository>,
    /// Properties and their calendars.
    pub properties: Arc<dyn PropertyRepository>,
    /// Bookings.
    pub bookings: Arc<dyn BookingRepository>,
    /// Payments.
    pub payments: Arc<dyn PaymentRepository>,
    /// Reviews.
    pub reviews: Arc<dyn ReviewRepository>,
    /// Wish lists.
    pub wishlists: Arc<dyn WishlistRepository>,
    /// Queries of accounts.
    pub user_queries: Arc<dyn UserQueries>,
    /// Queries of properties.
    pub property_queries: Arc<dyn PropertyQueries>,
    /// Queries of bookings.
    pub booking_queries: Arc<dyn BookingQueries>,
    /// Queries of payments and refunds.
    pub payment_queries: Arc<dyn PaymentQueries>,
    /// Queries of reviews.
    pub review_queries: Arc<dyn ReviewQueries>,
    /// Health check of the database.
    pub health: Arc<dyn HealthCheck>,
    /// Ledger reads.
    pub ledger: Arc<dyn LedgerQueries>,
    /// Waivers of hosts' debts.
    pub debt_waivers: Arc<dyn DebtWaivers>,
    /// Login sessions.
    pub sessions: Arc<dyn SessionStore>,
    /// One-time tokens.
    pub one_time_tokens: Arc<dyn OneTimeTokens>,
    /// The audit log.
    pub audit: Arc<dyn AuditLog>,
    /// Events of accounts.
    pub account_events: Arc<dyn AccountEvents>,
    /// Queued jobs.
    pub jobs: Arc<dyn JobQueue>,
    /// Work that follows from stored data.
    pub due_work: Arc<dyn DueWork>,
    /// Background work for operators.
    pub job_admin: Arc<dyn JobAdmin>,
    /// Heartbeats of workers.
    pub workers: Arc<dyn WorkerRegistry>,
    /// Payment gateway.
    pub gateway: Arc<dyn PaymentGateway>,
    /// Mail delivery.
    pub mailer: Arc<dyn Mailer>,
    /// Password hashing.
    pub hasher: Arc<dyn PasswordHasher>,
    /// Issuing and verifying access tokens.
    pub access_tokens: Arc<dyn AccessTokens>,
    /// Codes of authenticator apps.
    pub totp: Arc<dyn TotpCodes>,
    /// Rate limits.
    pub limits: Arc<dyn RateLimits>,
    /// Recent actions of guests.
    pub guest_activity: Arc<dyn GuestActivity>,
    /// Mails that anyone can cause.
    pub mail_quota: Arc<dyn MailQuota>,
    /// Response cache.
    pub cache: Arc<dyn Cache>,
    /// Signing of quotes, and encryption of cursors.
    pub signer: Arc<dyn Signer>,
    /// Current time.
    pub clock: Arc<dyn Clock>,
    /// Generation of ids and random codes.
    pub ids: Arc<dyn Ids>,
    /// Fees and time windows in force.
    pub terms: Arc<MarketplaceTerms>,
}
