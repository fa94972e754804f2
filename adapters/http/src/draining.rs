//! The state of a server that shuts down.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Flag set when the shutdown begins. From then on the server reports that it is not ready, and closes
/// each connection with its next response, so that no request is lost in a closed connection.
#[derive(Clone, Default)]
pub(crate) struct Draining(Arc<AtomicBool>);

impl Draining {
    /// Sets the flag.
    pub(crate) fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// True once the shutdown has begun.
    pub(crate) fn is_on(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
