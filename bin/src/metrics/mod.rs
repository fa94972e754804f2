//! Metrics of a server or worker, and the listener that serves them.

mod listener;
mod observer;
mod readiness;
mod sources;

pub(crate) use listener::{MetricsListener, bind};
pub(crate) use observer::ResponseObserver;
pub(crate) use sources::sources;
