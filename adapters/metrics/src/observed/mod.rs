//! Decorators of the ports that count their calls.

mod audit;
mod bookings;
mod counters;
mod gateway;
mod graphql;
mod limits;
mod mailer;
mod payments;
mod sessions;
mod work;

use std::sync::Arc;

use sojourn_application::ports::Ports;

pub(crate) use counters::Counters;
pub(crate) use work::ObservedWork;

/// Wraps the ports such that their calls are counted.
pub(crate) fn observe(ports: Ports, counters: &Arc<Counters>) -> Ports {
    let counters = || Arc::clone(counters);
    Ports {
        bookings: Arc::new(bookings::ObservedBookings {
            inner: ports.bookings,
            counters: counters(),
        }),
        payments: Arc::new(payments::ObservedPayments {
            inner: ports.payments,
            counters: counters(),
        }),
        gateway: Arc::new(gateway::ObservedGateway {
            inner: ports.gateway,
            counters: counters(),
        }),
        mailer: Arc::new(mailer::ObservedMailer {
            inner: ports.mailer,
            counters: counters(),
        }),
        limits: Arc::new(limits::ObservedLimits {
            inner: ports.limits,
            counters: counters(),
        }),
        audit: Arc::new(audit::ObservedAudit {
            inner: ports.audit,
            counters: counters(),
        }),
        sessions: Arc::new(sessions::ObservedSessions {
            inner: ports.sessions,
            counters: counters(),
        }),
        ..ports
    }
}
