//! What stands behind the ports of the application.

use std::sync::Arc;
use std::thread::available_parallelism;

use sojourn_application::caching::announcing;
use sojourn_application::ports::{Clock, Mailer, PaymentGateway, Ports, TermsStore as _};
use sojourn_domain::shared::MarketplaceTerms;
use sojourn_mail::FileMailer;
use sojourn_payments::{Heard, SimulatedGateway};
use sojourn_persistence::Database;
use sojourn_security::{Argon2Hasher, HmacSigner, JwtTokens, RandomIds, SystemClock, TotpApp};
use tokio::sync::mpsc;

use super::Shared;
use crate::app::StartError;
use crate::config::{MailRoute, Settings};

/// Whom authenticator apps name beside an account.
const ISSUER: &str = "Sojourn";

/// The clock of this machine, unless another was given.
pub(crate) fn clock(given: Option<Arc<dyn Clock>>) -> Arc<dyn Clock> {
    given.unwrap_or_else(|| Arc::new(SystemClock))
}

pub(super) fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// The configured terms with the version under which they are stored: terms that were changed are a new version.
pub(crate) async fn terms(
    settings: &Settings,
    database: &Database,
    clock: &dyn Clock,
) -> Result<MarketplaceTerms, StartError> {
    Ok(database
        .in_force(settings.terms.clone(), clock.now())
        .await?)
}

/// What differs from one kind of process to another.
pub(crate) struct Fittings {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Fees and windows in force.
    pub terms: MarketplaceTerms,
    /// Who hears what the payment provider says by itself; nobody in a command that soon ends.
    pub told: Option<mpsc::Sender<Heard>>,
    /// Cache and limits.
    pub shared: Shared,
}

impl Fittings {
    /// For a command that soon ends.
    pub async fn of_command(settings: &Settings) -> Result<Self, StartError> {
        Ok(Self::passing(settings, Shared::of_command(settings).await?))
    }

    /// For a command that changes nothing, of which nobody has to be told.
    pub fn of_reader(settings: &Settings) -> Self {
        Self::passing(settings, Shared::in_process(settings))
    }

    fn passing(settings: &Settings, shared: Shared) -> Self {
        Self {
            clock: clock(None),
            terms: settings.terms.clone(),
            told: None,
            shared,
        }
    }
}

/// Fills the ports. What is changed through them is forgotten by the caches.
pub(crate) fn ports(
    settings: &Settings,
    database: &Database,
    fittings: Fittings,
) -> Result<Ports, StartError> {
    let Fittings {
        clock,
        terms,
        told,
        shared,
    } = fittings;
    let (secrets, keys) = (settings.secrets()?, settings.signing_keys()?);
    let database = Arc::new(database.clone());
    Ok(announcing(Ports {
        users: database.clone(),
        factors: database.clone(),
        properties: database.clone(),
        bookings: database.clone(),
        payments: database.clone(),
        reviews: database.clone(),
        queries: database.clone(),
        ledger: database.clone(),
        sessions: shared.sessions(database.clone()),
        one_time_tokens: database.clone(),
        audit: database.clone(),
        jobs: database,
        gateway: gateway(settings, told),
        mailer: mailer(settings),
        hasher: Arc::new(Argon2Hasher::new(cores(), settings.password_work)),
        access_tokens: Arc::new(JwtTokens::new(&secrets, keys)),
        totp: Arc::new(TotpApp::new(&secrets, ISSUER)),
        limits: shared.limits,
        cache: shared.cache,
        signer: Arc::new(HmacSigner::new(&secrets)),
        clock,
        ids: Arc::new(RandomIds),
        terms: Arc::new(terms),
    }))
}

fn gateway(settings: &Settings, told: Option<mpsc::Sender<Heard>>) -> Arc<dyn PaymentGateway> {
    let gateway = SimulatedGateway::in_folder(&settings.data_dir);
    Arc::new(match told {
        Some(told) => gateway.telling(told),
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
