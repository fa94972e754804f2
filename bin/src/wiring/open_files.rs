//! The limit of open files, which limits the number of connections.

/// Open files that the server makes use of.
#[cfg(unix)]
const WANTED: u64 = 16_384;

/// Raises the limit of open files of this process as far as it may, and returns it.
#[cfg(unix)]
pub(crate) fn raise_limit() -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let Some(current) = current else {
        return u64::MAX;
    };
    let wanted = maximum.map_or(WANTED, |maximum| maximum.min(WANTED));
    if current >= wanted {
        return current;
    }
    let raised = Rlimit {
        current: Some(wanted),
        maximum,
    };
    match setrlimit(Resource::Nofile, raised) {
        Ok(()) => wanted,
        Err(error) => {
            tracing::warn!(%error, current, "the limit of open files could not be raised");
            current
        }
    }
}

/// Without a limit of open files.
#[cfg(not(unix))]
pub(crate) const fn raise_limit() -> u64 {
    u64::MAX
}
