//! Processing of events that the payment gateway sends by itself.

use sojourn_application::payment::{self, GatewayEventError};
use sojourn_application::ports::Ports;
use sojourn_domain::shared::PaymentEntryId;
use sojourn_payments::GatewayEvent;
use tokio::sync::{mpsc, watch};

/// Events that may be queued before the gateway has to wait.
pub(crate) const CHANNEL_CAPACITY: usize = 64;

/// Stores events as they arrive, until shutdown. Events that are lost or cannot be stored are
/// recovered by the worker, which asks the gateway again.
pub(crate) async fn process_gateway_events(
    ports: Ports,
    mut events: mpsc::Receiver<GatewayEvent>,
    mut shutdown: watch::Receiver<bool>,
) {
    loop {
        let event = tokio::select! {
            _ = shutdown.wait_for(|stop| *stop) => None,
            event = events.recv() => event,
        };
        match event {
            Some(event) => store(&ports, event).await,
            None => return,
        }
    }
}

async fn store(ports: &Ports, event: GatewayEvent) {
    let GatewayEvent {
        payment,
        idempotency_key,
        outcome,
    } = event;
    let Ok(call) = idempotency_key.parse::<PaymentEntryId>() else {
        tracing::warn!(%payment, idempotency_key, "the payment gateway sent an event for an unknown request");
        return;
    };
    match payment::handle_gateway_event(ports, call, payment, outcome).await {
        Ok(()) => {}
        Err(GatewayEventError::NotFound) => {
            tracing::warn!(%payment, %call, "the payment gateway sent an event for an unknown request");
        }
        Err(GatewayEventError::Store(error)) => {
            tracing::warn!(%payment, %call, %error, "an event of the payment gateway could not be stored; the worker will ask for it again");
        }
    }
}
