//! Which adapter stands behind which port.

use std::sync::Arc;
use std::thread::available_parallelism;

use sojourn_application::ports::{Clock, Mailer, Ports, TermsStore as _};
use sojourn_domain::shared::MarketplaceTerms;
use sojourn_http::AppState;
use sojourn_mail::FileMailer;
use sojourn_payments::{Heard, SimulatedGateway};
use sojourn_persistence::{Database, OpenOptions};
use sojourn_security::{Argon2Hasher, HmacSigner, JwtTokens, RandomIds, SystemClock};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use crate::app::StartError;
use crate::config::{Environment, MailRoute, Settings};

/// The clock of this machine, unless another was given.
pub(crate) fn clock(given: Option<Arc<dyn Clock>>) -> Arc<dyn Clock> {
    given.unwrap_or_else(|| Arc::new(SystemClock))
}

/// Opens the database; an embedded one is made and migrated when it has to be.
pub(crate) async fn database(settings: &Settings) -> Result<Database, StartError> {
    let embedded = settings.database.is_embedded();
    if embedded {
        settings.make_data_dir()?;
    }
    let url = settings.database.as_str().to_owned();
    let opened = spawn_blocking(move || {
        let database = Database::open(&url, OpenOptions { threads: database_threads() })?;
        let applied = if embedded { database.migrate()? } else { Vec::new() };
        Ok::<_, StartError>((database, applied))
    });
    let (database, applied) = opened.await.map_err(|error| StartError::Thread(error.to_string()))??;
    if !applied.is_empty() {
        tracing::info!(database = %settings.database, migrations = applied.len(), "migrated");
    }
    Ok(database)
}

/// Some wait for the disk or the network while others work.
fn database_threads() -> usize {
    (cores() * 2).clamp(4, 32)
}

fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// The configured terms with the version under which they are stored: terms that were changed are a new version.
pub(crate) async fn terms(
    settings: &Settings,
    database: &Database,
    clock: &dyn Clock,
) -> Result<MarketplaceTerms, StartError> {
    Ok(database.in_force(settings.terms.clone(), clock.now()).await?)
}

/// What differs from one kind of process to another.
pub(crate) struct Fittings {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Fees and windows in force.
    pub terms: MarketplaceTerms,
    /// Who hears what the payment provider says by itself; nobody in a command that soon ends.
    pub told: Option<mpsc::Sender<Heard>>,
}

impl Fittings {
    /// For a command that soon ends.
    pub fn of_command(settings: &Settings) -> Self {
        Self { clock: clock(None), terms: settings.terms.clone(), told: None }
    }
}

/// Fills the ports.
pub(crate) fn ports(
    settings: &Settings,
    database: &Database,
    fittings: Fittings,
) -> Result<Ports, StartError> {
    let secrets = settings.secrets()?;
    let mailer: Arc<dyn Mailer> = match &settings.mail {
        MailRoute::Smtp(mailer) => Arc::new(mailer.clone()),
        MailRoute::Files(sender) => Arc::new(FileMailer::new(settings.data_dir.join("mail"), sender.clone())),
    };
    let gateway = SimulatedGateway::in_folder(&settings.data_dir);
    let gateway = match fittings.told {
        Some(told) => gateway.telling(told),
        None => gateway,
    };
    let database = Arc::new(database.clone());
    Ok(Ports {
        users: database.clone(),
        properties: database.clone(),
        bookings: database.clone(),
        payments: database.clone(),
        reviews: database.clone(),
        queries: database.clone(),
        ledger: database.clone(),
        sessions: database.clone(),
        one_time_tokens: database.clone(),
        jobs: database,
        gateway: Arc::new(gateway),
        mailer,
        hasher: Arc::new(Argon2Hasher::new(cores())),
        access_tokens: Arc::new(JwtTokens::new(&secrets)),
        signer: Arc::new(HmacSigner::new(&secrets)),
        clock: fittings.clock,
        ids: Arc::new(RandomIds),
        terms: Arc::new(fittings.terms),
    })
}

/// What the HTTP adapter holds.
pub(crate) fn state(settings: &Settings, database: Database, ports: Ports) -> AppState {
    AppState {
        ports,
        idempotency: Arc::new(database),
        cors_origins: settings.cors_origins.clone(),
        production: settings.environment == Environment::Production,
    }
}
