//! Network addresses, as text. An IPv4 address within IPv6 is that IPv4 address: one client, however it was heard.

use std::net::IpAddr;

use sojourn_domain::shared::StoreError;

/// An address for a column.
pub(crate) fn stored(address: IpAddr) -> String {
    address.to_canonical().to_string()
}

/// An address from a column.
pub(crate) fn read(text: &str, column: &str) -> Result<IpAddr, StoreError> {
    text.parse()
        .map_err(|_| StoreError::Corrupt(format!("{column} holds no network address")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_client_has_one_address() {
        for (text, kept) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:DB8::1", "2001:db8::1"),
        ] {
            assert_eq!(stored(text.parse().unwrap()), kept);
            assert_eq!(
                read(kept, "x").unwrap(),
                text.parse::<IpAddr>().unwrap().to_canonical()
            );
        }
        assert!(matches!(read("192.0.2", "x"), Err(StoreError::Corrupt(_))));
    }
}
