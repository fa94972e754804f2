//! Numbers of connections.

use std::collections::HashMap;

/// Files that the server opens beside connections: databases, mails, logs, connections to other services.
const RESERVED: u64 = 256;

/// Fewest connections of a server, however few files it may open.
const FEWEST: usize = 64;

/// Most connections of a server.
const MOST: usize = 8_192;

/// Part of all connections that one network may have.
const NETWORK_PART: usize = 4;

/// Numbers of connections that a server has at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// All connections; others wait to be accepted.
    pub total: usize,
    /// Connections of one network; others are refused.
    pub per_network: usize,
}

impl ConnectionLimits {
    /// The limits of a process that may have so many open files.
    #[must_use]
    pub fn within_open_files(files: u64) -> Self {
        let connections = files.saturating_sub(RESERVED);
        let total = usize::try_from(connections).map_or(MOST, |count| count.clamp(FEWEST, MOST));
        Self {
            total,
            per_network: total / NETWORK_PART,
        }
    }
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self::within_open_files(u64::MAX)
    }
}

/// Numbers of open connections.
#[derive(Default)]
pub(super) struct OpenConnections {
    count: usize,
    /// By network, of those that are limited.
    networks: HashMap<String, usize>,
}

impl OpenConnections {
    /// Counts a connection and returns the number of all; `None` if its network has as many as it may have.
    pub(super) fn open(&mut self, network: Option<&str>, per_network: usize) -> Option<usize> {
        if let Some(network) = network {
            let count = self.networks.entry(network.to_owned()).or_default();
            if *count >= per_network {
                return None;
            }
            *count += 1;
        }
        self.count += 1;
        Some(self.count)
    }

    /// Counts a connection no more.
    pub(super) fn close(&mut self, network: Option<&str>) {
        self.count = self.count.saturating_sub(1);
        let Some(network) = network else { return };
        if let Some(count) = self.networks.get_mut(network) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.networks.remove(network);
            }
        }
    }

    #[cfg(test)]
    pub(super) const fn count(&self) -> usize {
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_files_for_the_rest() {
        let limits = |files| {
            let limits = ConnectionLimits::within_open_files(files);
            (limits.total, limits.per_network)
        };
        assert_eq!(limits(1_024), (768, 192));
        assert_eq!(limits(100), (64, 16));
        assert_eq!(limits(u64::MAX), (8_192, 2_048));
    }
}
