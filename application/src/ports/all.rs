//! All ports together.

use std::sync::Arc;

use sojourn_domain::booking::BookingRepository;
use sojourn_domain::payment::PaymentRepository;
use sojourn_domain::property::PropertyRepository;
use sojourn_domain::review::ReviewRepository;
use sojourn_domain::shared::MarketplaceTerms;
use sojourn_domain::user::{SecondFactorRepository, UserRepository};

use super::{
    AccessTokens, AuditLog, Cache, Clock, Ids, JobQueue, LedgerQueries, Mailer, OneTimeTokens,
    PasswordHasher, PaymentGateway, Queries, RateLimits, SessionStore, Signer, TotpCodes,
};

/// Everything that a use case may ask of the world.
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
    /// Reads for screens.
    pub queries: Arc<dyn Queries>,
    /// Reads of the books.
    pub ledger: Arc<dyn LedgerQueries>,
    /// Login sessions.
    pub sessions: Arc<dyn SessionStore>,
    /// One-time tokens.
    pub one_time_tokens: Arc<dyn OneTimeTokens>,
    /// The audit log.
    pub audit: Arc<dyn AuditLog>,
    /// Background jobs.
    pub jobs: Arc<dyn JobQueue>,
    /// Moves money.
    pub gateway: Arc<dyn PaymentGateway>,
    /// Sends mail.
    pub mailer: Arc<dyn Mailer>,
    /// Hashes passwords.
    pub hasher: Arc<dyn PasswordHasher>,
    /// Makes and reads access tokens.
    pub access_tokens: Arc<dyn AccessTokens>,
    /// Codes of authenticator apps.
    pub totp: Arc<dyn TotpCodes>,
    /// Counts how often things are done.
    pub limits: Arc<dyn RateLimits>,
    /// Keeps answers for a while.
    pub cache: Arc<dyn Cache>,
    /// Signs quotes.
    pub signer: Arc<dyn Signer>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes ids and random codes.
    pub ids: Arc<dyn Ids>,
    /// Fees and windows in force.
    pub terms: Arc<MarketplaceTerms>,
}
