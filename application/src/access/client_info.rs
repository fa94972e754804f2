//! Origin of a request.

use std::net::IpAddr;

/// Origin of a request: network address and device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientInfo {
    /// The client's network address, as far as the proxies in front of the server are trusted.
    pub address: IpAddr,
    /// The `User-Agent` header, at most 200 characters.
    pub user_agent: Option<String>,
}

impl ClientInfo {
    /// Rate limit key of the client: its IPv4 address, or its IPv6 network of 64 bits.
    #[must_use]
    pub fn network(&self) -> String {
        network(self.address)
    }
}

/// Rate limit key of an address; see [`ClientInfo::network`].
#[must_use]
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ipv6_clients_are_counted_by_64_bit_network() {
        let name = |text: &str| network(text.parse().unwrap());
        assert_eq!(name("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(name("2001:db8:1:2::1"), name("2001:db8:1:2:ffff::"));
        assert_ne!(name("2001:db8:1:2::1"), name("2001:db8:1:3::1"));
        assert_eq!(
            (name("192.0.2.7"), name("::ffff:192.0.2.7")),
            ("192.0.2.7".into(), "192.0.2.7".into())
        );
    }
}
