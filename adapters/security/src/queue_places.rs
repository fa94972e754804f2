//! The places of a queue, shared out by network, so that a flood leaves places for others.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sojourn_application::ports::HashOrigin;

/// Places at least that each network may take, however short the queue is.
const MIN_PER_NETWORK: usize = 8;
/// The share of all places that is kept for networks with open sessions: a quarter.
const KEPT_SHARE: usize = 4;
/// Lengths of the prefixes of IPv4 and IPv6 addresses, and the share of all places that a network of this length may
/// take.
const NETWORKS: [(u32, u32, usize); 3] = [(24, 48, 16), (16, 32, 4), (8, 24, 2)];

/// A network: the length of its prefix, and its prefix.
type Network = (u32, u128);

/// The places of a queue.
#[derive(Debug)]
pub(crate) struct Places {
    total: usize,
    limits_networks: bool,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_unknown: usize,
    /// By networks with and without open sessions.
    by_network: HashMap<(bool, Network), usize>,
}

/// A place. It is free again when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    places: Arc<Places>,
    origin: HashOrigin,
}

impl Places {
    /// This number of places, for any origin or shared out by network.
    pub(crate) fn new(total: usize, limits_networks: bool) -> Self {
        Self {
            total,
            limits_networks,
            taken: Mutex::default(),
        }
    }

    /// A place, if there is one for this origin.
    pub(crate) fn take(self: &Arc<Self>, origin: HashOrigin) -> Option<Place> {
        let mut taken = self.lock();
        if taken.all >= self.total || (self.limits_networks && self.is_exhausted(&taken, origin)) {
            return None;
        }
        taken.all += 1;
        taken.by_unknown += usize::from(is_unknown(origin));
        for (network, _) in networks(origin) {
            *taken.by_network.entry(network).or_default() += 1;
        }
        Some(Place {
            places: Arc::clone(self),
            origin,
        })
    }

    fn is_exhausted(&self, taken: &Taken, origin: HashOrigin) -> bool {
        let for_unknown = self.total - self.total / KEPT_SHARE;
        let full = |(network, share): ((bool, Network), usize)| {
            let limit = (self.total / share).max(MIN_PER_NETWORK);
            taken
                .by_network
                .get(&network)
                .is_some_and(|it| *it >= limit)
        };
        (is_unknown(origin) && taken.by_unknown >= for_unknown) || networks(origin).any(full)
    }

    fn release(&self, origin: HashOrigin) {
        let mut taken = self.lock();
        taken.all -= 1;
        taken.by_unknown -= usize::from(is_unknown(origin));
        for (network, _) in networks(origin) {
            if let Some(count) = taken.by_network.get_mut(&network) {
                *count -= 1;
                if *count == 0 {
                    taken.by_network.remove(&network);
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.release(self.origin);
    }
}

const fn is_unknown(origin: HashOrigin) -> bool {
    matches!(origin, HashOrigin::Unknown(_))
}

/// The networks of an origin, with the shares that they may take.
fn networks(origin: HashOrigin) -> impl Iterator<Item = ((bool, Network), usize)> {
    let address = match origin {
        HashOrigin::Unknown(address) | HashOrigin::Known(address) => Some(address.to_canonical()),
        HashOrigin::Internal => None,
    };
    let known = !is_unknown(origin);
    let of = move |address| {
        NETWORKS.map(|(v4, v6, share)| {
            let network = match address {
                IpAddr::V4(it) => (v4, u128::from(it.to_bits() >> (32 - v4))),
                // Other lengths than those of IPv4, so that no prefix is that of another family.
                IpAddr::V6(it) => (128 + v6, it.to_bits() >> (128 - v6)),
            };
            ((known, network), share)
        })
    };
    address.into_iter().flat_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number of places that are taken when each of these addresses tries this often.
    fn taken(
        places: &Arc<Places>,
        addresses: impl Iterator<Item = String>,
        times: usize,
    ) -> Vec<Place> {
        let addresses = addresses.map(|it| it.parse().unwrap());
        addresses
            .flat_map(|it| vec![HashOrigin::Unknown(it); times])
            .filter_map(|origin| places.take(origin))
            .collect()
    }

    fn queue() -> Arc<Places> {
        Arc::new(Places::new(160, true))
    }

    #[test]
    fn no_network_takes_more_than_a_few_places() {
        let one = |prefix: &'static str| (0..250).map(move |n| format!("{prefix}{n}"));
        for (prefix, wider) in [("198.51.100.", "198.51."), ("2001:db8:1::", "2001:db8:")] {
            let places = queue();
            let flood = taken(&places, one(prefix), 3);
            assert_eq!(flood.len(), 10, "{prefix}");
            // Many networks of a wider one.
            let ending = if prefix.contains(':') { "::1" } else { ".1" };
            let many = (0..250).map(move |n| format!("{wider}{n}{ending}"));
            let more = taken(&places, many, 3);
            assert_eq!(flood.len() + more.len(), 40, "{prefix}");
            // Another network is served.
            assert!(
                places
                    .take(HashOrigin::Unknown("203.0.113.9".parse().unwrap()))
                    .is_some()
            );
        }
    }

    #[test]
    fn places_are_kept_for_networks_with_open_sessions() {
        let places = queue();
        let everywhere = (1..250).map(|n| format!("{n}.{n}.{n}.{n}"));
        let flood = taken(&places, everywhere, 5);
        assert_eq!(flood.len(), 120);
        let known = HashOrigin::Known("1.1.1.1".parse().unwrap());
        let own: Vec<_> = (0..20).filter_map(|_| places.take(known)).collect();
        assert_eq!(own.len(), 10, "its places are counted by themselves");
        assert!(places.take(HashOrigin::Internal).is_some());
    }

    #[test]
    fn places_are_free_again_when_they_are_dropped() {
        let places = queue();
        for _ in 0..3 {
            let here = std::iter::once("198.51.100.7".to_owned());
            assert_eq!(taken(&places, here, 30).len(), 10);
        }
        let left = places.lock();
        assert_eq!(
            (left.all, left.by_unknown, left.by_network.len()),
            (0, 0, 0)
        );
    }

    #[test]
    fn without_limits_of_networks_only_the_queue_is_bounded() {
        let places = Arc::new(Places::new(160, false));
        let here = std::iter::once("198.51.100.7".to_owned());
        assert_eq!(taken(&places, here, 200).len(), 160);
    }
}
