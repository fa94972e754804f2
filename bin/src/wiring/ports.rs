//! The ports of the application.

use std::sync::Arc;
use std::thread::available_parallelism;

use sojourn_application::caching::invalidate_on_commit;
use sojourn_application::ports::{
    Clock, GuestActivity, MailQuota, Mailer, PaymentGateway, Ports, TermsStore as _,
    UnlimitedActivity, UnlimitedMails,
};
use sojourn_domain::shared::MarketplaceTerms;
use sojourn_mail::FileMailer;
use sojourn_payments::{GatewayEvent, SimulatedGateway};
use sojourn_persistence::Database;
use sojourn_security::{
    Argon2Hasher, HmacSigner, JwtTokens, RandomIds, SystemClock, TotpAuthenticator,
};
use tokio::sync::mpsc;

use super::CacheAndLimits;
use super::start_error::StartError;
use crate::config::{MailRoute, Settings};

/// Issuer that authenticator apps display.
const TOTP_ISSUER: &str = "Sojourn";

/// The given clock, or the system clock.
pub(crate) fn clock(given: Option<Arc<dyn Clock>>) -> Arc<dyn Clock> {
    given.unwrap_or_else(|| Arc::new(SystemClock))
}

pub(super) fn cpu_count() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// Stores the configured terms as a new version if they changed, and returns them with their
/// version.
pub(crate) async fn terms(
    settings: &Settings,
    database: &Database,
    clock: &dyn Clock,
) -> Result<MarketplaceTerms, StartError> {
    Ok(database
        .in_force(settings.terms.clone(), clock.now())
        .await?)
}

/// Dependencies that differ between kinds of processes.
pub(crate) struct Dependencies {
    /// Source of the current time.
    pub clock: Arc<dyn Clock>,
    /// Fees and time windows in force.
    pub terms: MarketplaceTerms,
    /// Receiver of events that the payment gateway sends by itself; `None` in short-lived commands.
    pub events: Option<mpsc::Sender<GatewayEvent>>,
    /// Cache and rate limits.
    pub cache_and_limits: CacheAndLimits,
}

impl Dependencies {
    /// For a short-lived command.
    pub async fn for_command(settings: &Settings) -> Result<Self, StartError> {
        Ok(Self::without_events(
            settings,
            CacheAndLimits::for_command(settings).await?,
        ))
    }

    /// For a command that changes no data, so that no cache has to be invalidated.
    pub fn for_read_only_command(settings: &Settings) -> Self {
        Self::without_events(settings, CacheAndLimits::in_process(settings))
    }

    fn without_events(settings: &Settings, cache_and_limits: CacheAndLimits) -> Self {
        Self {
            clock: clock(None),
            terms: settings.terms.clone(),
            events: None,
            cache_and_limits,
        }
    }
}

/// Creates the ports. Changes made through them invalidate cached responses.
pub(crate) fn ports(
    settings: &Settings,
    database: &Database,
    dependencies: Dependencies,
) -> Result<Ports, StartError> {
    let Dependencies {
        clock,
        terms,
        events,
        cache_and_limits,
    } = dependencies;
    let secrets = settings.secrets()?;
    let keys = settings.signing_keys()?;
    let database = Arc::new(database.clone());
    let (mail_quota, guest_activity) = quotas(settings, &database);
    Ok(invalidate_on_commit(Ports {
        users: database.clone(),
        factors: database.clone(),
        properties: database.clone(),
        bookings: database.clone(),
        payments: database.clone(),
        reviews: database.clone(),
        wishlists: database.clone(),
        user_queries: database.clone(),
        property_queries: database.clone(),
        booking_queries: database.clone(),
        payment_queries: database.clone(),
        review_queries: database.clone(),
        health: database.clone(),
        ledger: database.clone(),
        debt_waivers: database.clone(),
        sessions: cache_and_limits.sessions(database.clone()),
        one_time_tokens: database.clone(),
        audit: database.clone(),
        account_events: database.clone(),
        jobs: database.clone(),
        due_work: database.clone(),
        job_admin: database.clone(),
        workers: database,
        gateway: gateway(settings, events),
        mailer: mailer(settings),
        hasher: Arc::new(hasher(settings)),
        access_tokens: Arc::new(JwtTokens::new(&secrets, keys)),
        totp: Arc::new(TotpAuthenticator::new(&secrets, TOTP_ISSUER)),
        limits: cache_and_limits.limits,
        mail_quota,
        guest_activity,
        cache: cache_and_limits.cache,
        signer: Arc::new(HmacSigner::new(&secrets)),
        clock,
        ids: Arc::new(RandomIds),
        terms: Arc::new(terms),
    }))
}

/// The quotas that are counted in the database; none with rate limits off.
fn quotas(
    settings: &Settings,
    database: &Arc<Database>,
) -> (Arc<dyn MailQuota>, Arc<dyn GuestActivity>) {
    if settings.rate_limits {
        (database.clone(), database.clone())
    } else {
        (Arc::new(UnlimitedMails), Arc::new(UnlimitedActivity))
    }
}

/// The hasher; with rate limits off, a network may fill its queue.
fn hasher(settings: &Settings) -> Argon2Hasher {
    if settings.rate_limits {
        Argon2Hasher::limiting_networks(cpu_count(), settings.argon2_params)
    } else {
        Argon2Hasher::new(cpu_count(), settings.argon2_params)
    }
}

fn gateway(
    settings: &Settings,
    events: Option<mpsc::Sender<GatewayEvent>>,
) -> Arc<dyn PaymentGateway> {
    let gateway = SimulatedGateway::in_directory(&settings.data_dir);
    Arc::new(match events {
        Some(events) => gateway.with_events(events),
        None => gateway,
    })
}

fn mailer(settings: &Settings) -> Arc<dyn Mailer> {
    match &settings.mail {
        MailRoute::Smtp(mailer) => Arc::new(mailer.clone()),
        MailRoute::Files(sender) => Arc::new(FileMailer::new(
            settings.data_dir.join("mail"),
            sender.clone(),
        )),
    }
}
