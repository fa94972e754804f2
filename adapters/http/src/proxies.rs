//! Addresses of clients behind proxies.

use std::net::{IpAddr, SocketAddr};

use ipnet::{IpNet, Ipv4Net};

/// Number of prefix bits before an IPv4 network that is written as IPv6 (`::ffff:0:0/96`).
const MAPPED_BITS: u8 = 96;

/// Proxies whose `X-Forwarded-For` is trusted. From any other peer the header is ignored, since clients
/// can send any value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrustedProxies(Vec<IpNet>);

/// An entry of the list is neither an address nor a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither an address such as 10.0.0.1 nor a network such as 10.0.0.0/8")]
pub struct ProxyError(pub String);

impl TrustedProxies {
    /// Parses addresses and networks that are separated by commas; with an empty list no proxy is trusted.
    ///
    /// # Errors
    /// [`ProxyError`] with the first invalid entry.
    pub fn parse(list: &str) -> Result<Self, ProxyError> {
        let parts = list
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let networks = parts.map(|part| network(part).ok_or_else(|| ProxyError(part.to_owned())));
        networks.collect::<Result<_, _>>().map(Self)
    }

    /// Address of the client: `peer`, or, if that is a trusted proxy, the rightmost address in all
    /// `X-Forwarded-For` headers together that is not one. An invalid address ends the search, and the last
    /// valid one counts.
    #[must_use]
    pub fn client<'a>(&self, peer: IpAddr, forwarded_for: impl Iterator<Item = &'a str>) -> IpAddr {
        let mut client = peer.to_canonical();
        if !self.trusts(client) {
            return client;
        }
        let hops: Vec<&str> = forwarded_for.flat_map(|header| header.split(',')).collect();
        for hop in hops.into_iter().rev() {
            let Some(address) = address(hop.trim()) else {
                break;
            };
            client = address;
            if !self.trusts(client) {
                break;
            }
        }
        client
    }

    /// True if the address is a trusted proxy.
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// Parses an address with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
        .unwrap_or(text);
    let with_port = || text.parse().map(|socket: SocketAddr| socket.ip());
    bare.parse()
        .or_else(|_| with_port())
        .ok()
        .map(|address: IpAddr| address.to_canonical())
}

fn network(text: &str) -> Option<IpNet> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(address.to_canonical().into());
    }
    let network: IpNet = text.parse().ok()?;
    let bits = network.prefix_len().checked_sub(MAPPED_BITS);
    match (network.addr().to_canonical(), bits) {
        (IpAddr::V4(address), Some(bits)) if matches!(network, IpNet::V6(_)) => {
            Ipv4Net::new(address, bits).ok().map(IpNet::V4)
        }
        (IpAddr::V4(_) | IpAddr::V6(_), _) => Some(network),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(trusted: &str, peer: &str, headers: &[&str]) -> String {
        let proxies = TrustedProxies::parse(trusted).unwrap();
        proxies
            .client(peer.parse().unwrap(), headers.iter().copied())
            .to_string()
    }

    #[test]
    fn untrusted_forwarded_headers_are_ignored() {
        assert_eq!(client("", "203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(
            client("10.0.0.0/8", "203.0.113.9", &["198.51.100.1"]),
            "203.0.113.9"
        );
        assert_eq!(
            client("10.0.0.1", "10.0.0.2", &["198.51.100.1"]),
            "10.0.0.2"
        );
    }

    #[test]
    fn addresses_written_by_the_client_are_ignored() {
        assert_eq!(
            client("10.0.0.1", "10.0.0.1", &["127.0.0.1, 203.0.113.9"]),
            "203.0.113.9"
        );
        assert_eq!(
            client("10.0.0.1", "10.0.0.1", &["10.0.0.1, 203.0.113.9"]),
            "203.0.113.9"
        );
    }

    #[test]
    fn a_chain_of_two_proxies_is_one_list_in_however_many_headers() {
        let trusted = "10.0.0.1, 192.0.2.0/24";
        assert_eq!(
            client(trusted, "10.0.0.1", &["1.2.3.4, 203.0.113.9, 192.0.2.7"]),
            "203.0.113.9"
        );
        assert_eq!(
            client(
                trusted,
                "10.0.0.1",
                &["1.2.3.4", "203.0.113.9", "192.0.2.7"]
            ),
            "203.0.113.9"
        );
        assert_eq!(
            client(trusted, "10.0.0.1", &["192.0.2.8, 192.0.2.7"]),
            "192.0.2.8"
        );
        assert_eq!(client(trusted, "10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn a_malformed_address_ends_the_walk() {
        let trusted = "10.0.0.1,192.0.2.7";
        assert_eq!(
            client(trusted, "10.0.0.1", &["203.0.113.9, unknown, 192.0.2.7"]),
            "192.0.2.7"
        );
        assert_eq!(client(trusted, "10.0.0.1", &["203.0.113.9, "]), "10.0.0.1");
        assert_eq!(
            client(trusted, "10.0.0.1", &["203.0.113.9:99999"]),
            "10.0.0.1"
        );
    }

    #[test]
    fn addresses_are_canonicalised() {
        assert_eq!(
            client("10.0.0.1", "::ffff:10.0.0.1", &["::ffff:203.0.113.9"]),
            "203.0.113.9"
        );
        assert_eq!(
            client("::ffff:10.0.0.0/104", "10.0.0.1", &["203.0.113.9:4711"]),
            "203.0.113.9"
        );
        assert_eq!(
            client("::ffff:10.0.0.1", "10.0.0.1", &["203.0.113.9"]),
            "203.0.113.9"
        );
        assert_eq!(
            client("2001:db8::/32", "2001:db8::1", &["[2001:db9::5]:443"]),
            "2001:db9::5"
        );
        assert_eq!(
            client("2001:db8::/32", "2001:db8::1", &["[2001:db9::5]"]),
            "2001:db9::5"
        );
    }

    #[test]
    fn malformed_networks_are_named() {
        for wrong in ["10.0.0.0/33", "localhost", "10.0.0", "::1/129"] {
            let list = format!("127.0.0.1, {wrong}");
            assert_eq!(
                TrustedProxies::parse(&list),
                Err(ProxyError(wrong.to_owned()))
            );
        }
    }
}
