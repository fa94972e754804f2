//! For how long answers are kept, and how large they may be.

use std::time::Duration;

use sojourn_application::ports::Shelf;

/// In the process, whatever the kind: so soon a server without Redis sees what another server changed.
pub(crate) const IN_PROCESS: Duration = Duration::from_secs(1);

/// The token of a topic: much longer than any answer, so that answers rarely end with it.
pub(crate) const TOKENS: Duration = Duration::from_secs(3_600);

/// The largest answer that is kept, in bytes.
pub(crate) const LARGEST: usize = 256 * 1024;

/// In Redis. What is in it is forgotten at once when it changes; a search also changes with time alone (nights become
/// too soon to book), and nobody tells.
pub(crate) const fn in_redis(shelf: Shelf) -> Duration {
    match shelf {
        Shelf::Properties | Shelf::Profiles | Shelf::Reviews | Shelf::Sessions => {
            Duration::from_secs(30)
        }
        Shelf::Searches => Duration::from_secs(5),
    }
}
