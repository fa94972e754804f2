//! Network addresses, as text. An IPv4 address mapped into IPv6 is stored as that IPv4 address, so that one client
//! has one address.

use std::net::IpAddr;

use sojourn_domain::shared::RepositoryError;

/// An address for a column.
pub(crate) fn to_db(address: IpAddr) -> String {
    address.to_canonical().to_string()
}

/// An address from a column.
pub(crate) fn from_db(text: &str, column: &str) -> Result<IpAddr, RepositoryError> {
    text.parse()
        .map_err(|_| RepositoryError::Internal(format!("{column} holds no network address")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_client_has_one_address() {
        for (text, stored) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:DB8::1", "2001:db8::1"),
        ] {
            assert_eq!(to_db(text.parse().unwrap()), stored);
            assert_eq!(
                from_db(stored, "x").unwrap(),
                text.parse::<IpAddr>().unwrap().to_canonical()
            );
        }
        assert!(matches!(
            from_db("192.0.2", "x"),
            Err(RepositoryError::Internal(_))
        ));
    }
}
