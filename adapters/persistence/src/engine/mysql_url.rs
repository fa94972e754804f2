//! URLs of MySQL and MariaDB.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::connection::ConnectError;
use super::location::UrlError;

/// Parameters of a URL; `ssl_mode` stands apart from them.
const PARAMETERS: [&str; 4] = ["unix_socket", "ssl_ca", "ssl_cert", "ssl_key"];

/// Certificates of the authorities that the system trusts. The client of MariaDB encrypts where it is given some, and
/// verifies that one of them issued the certificate of the server.
const SYSTEM_CERTIFICATES: &str = "/etc/ssl/certs/ca-certificates.crt";

/// The address of a MySQL or MariaDB server and the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MysqlUrl {
    /// The URL for the client library.
    pub(crate) url: String,
    /// Encryption of its connections.
    pub(crate) tls: Tls,
}

/// Encryption of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tls {
    /// As client and server agree.
    Any,
    /// Required, as the URL says so.
    Required,
}

impl MysqlUrl {
    /// Parses `mysql://` or `mariadb://user:password@host:port/database?parameters`.
    ///
    /// # Errors
    /// [`UrlError::Mysql`] for a URL without a database, an unknown parameter, and a mode of TLS that the linked client
    /// library does not have.
    pub(crate) fn parse(url: &str) -> Result<Self, UrlError> {
        let refused = |reason: &str| Err(UrlError::Mysql(reason.to_owned()));
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let (_, rest) = base.split_once("://").unwrap_or(("", base));
        if rest.split_once('/').is_none_or(|(_, name)| name.is_empty()) {
            return refused("must name a database: mysql://user:password@host:3306/database");
        }
        let mut parameters = Vec::new();
        let mut mode = None;
        for parameter in query.split('&').filter(|it| !it.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            if name == "ssl_mode" {
                mode = Some(value.to_lowercase());
            } else if PARAMETERS.contains(&name) {
                parameters.push(parameter.to_owned());
            } else {
                return refused(
                    "has an unknown parameter; known are unix_socket, ssl_mode, ssl_ca, ssl_cert and ssl_key",
                );
            }
        }
        let has_certificate = parameters.iter().any(|it| it.starts_with("ssl_"));
        let tls = match mode.as_deref() {
            None if has_certificate => Tls::Required,
            None | Some("disabled" | "preferred") => Tls::Any,
            Some("required" | "verify_ca" | "verify_identity") => Tls::Required,
            Some(_) => {
                return refused(
                    "has an unknown ssl_mode; known are disabled, preferred, required, verify_ca and verify_identity",
                );
            }
        };
        if mysqlclient_sys::SUPPORTS_MYSQL_SSL_MODE {
            parameters.extend(mode.map(|mode| format!("ssl_mode={mode}")));
        } else if mode.as_deref() == Some("verify_identity") {
            return refused(
                "has an ssl_mode that the client library of MariaDB does not have: use verify_ca with an \
                 authority of your own in ssl_ca, or build the program with libmysqlclient-dev",
            );
        } else if tls == Tls::Required && !parameters.iter().any(|it| it.starts_with("ssl_ca=")) {
            parameters.push(format!("ssl_ca={SYSTEM_CERTIFICATES}"));
        }
        let mark = if parameters.is_empty() { "" } else { "?" };
        let url = format!("mysql://{rest}{mark}{}", parameters.join("&"));
        Ok(Self { url, tls })
    }
}

#[derive(QueryableByName)]
struct Status {
    #[diesel(sql_type = Text, column_name = "Value")]
    value: String,
}

impl Tls {
    /// Checks that a connection is encrypted if that is required.
    pub(crate) fn check(self, connection: &mut MysqlConnection) -> Result<(), ConnectError> {
        if self == Self::Any {
            return Ok(());
        }
        let statement = "SHOW SESSION STATUS LIKE 'Ssl_cipher'";
        let cipher: Option<Status> = diesel::sql_query(statement)
            .get_result(connection)
            .optional()?;
        match cipher {
            Some(cipher) if !cipher.value.is_empty() => Ok(()),
            Some(_) | None => Err(ConnectError::NotEncrypted),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_schemes_and_the_parameters_of_tls_are_read() {
        let plain = MysqlUrl::parse("mariadb://ana:p%40ss@db:3307/sojourn").unwrap();
        assert_eq!(plain.url, "mysql://ana:p%40ss@db:3307/sojourn");
        assert_eq!(plain.tls, Tls::Any);
        for required in ["ssl_mode=REQUIRED", "ssl_ca=/ca.pem"] {
            let url = MysqlUrl::parse(&format!("mysql://db/sojourn?{required}")).unwrap();
            assert_eq!(url.tls, Tls::Required, "{required}");
            assert!(url.url.contains("ssl_"), "{required}");
        }
        let identity = MysqlUrl::parse("mysql://db/sojourn?ssl_mode=verify_identity");
        assert_eq!(identity.is_ok(), mysqlclient_sys::SUPPORTS_MYSQL_SSL_MODE);
        let authority = MysqlUrl::parse("mysql://db/sojourn?ssl_mode=verify_ca").unwrap();
        assert_eq!(authority.tls, Tls::Required);
        for bad in [
            "mysql://db",
            "mysql://db/",
            "mysql://db/sojourn?sslmode=require",
            "mysql://db/sojourn?ssl_mode=maybe",
        ] {
            assert!(
                matches!(MysqlUrl::parse(bad), Err(UrlError::Mysql(_))),
                "{bad}"
            );
        }
    }
}
