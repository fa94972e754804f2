//! `sojourn work`

use std::sync::Arc;

use tokio::sync::{mpsc, watch};

use super::CommandError;
use super::signals::asked_to_stop;
use crate::config::Settings;
use crate::hearing::{self, hear};
use crate::progress::say;
use crate::wiring::{self, Fittings, Shared};
use crate::worker::Worker;

/// Works until it is asked to stop.
pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    settings.check_secrets()?;
    let database = wiring::database(settings).await?;
    let clock = wiring::clock(None);
    let terms = wiring::terms(settings, &database, clock.as_ref()).await?;
    let (told, heard) = mpsc::channel(hearing::WAITING);
    let shared = Shared::of_process(settings).await?;
    let ports = wiring::ports(
        settings,
        &database,
        Fittings {
            clock,
            terms,
            told: Some(told),
            shared,
        },
    )?;
    let (stop, stopping) = watch::channel(false);
    tokio::spawn(hear(ports.clone(), heard, stopping.clone()));
    let worker = Worker::start(
        ports,
        Arc::new(database),
        settings.reached_at(settings.listen),
        stopping,
    );
    say(format_args!("working on {}", settings.database));
    let asked = asked_to_stop().await;
    let _already_ended = stop.send(true);
    worker.finish().await;
    asked.map_err(CommandError::io("signals"))
}
