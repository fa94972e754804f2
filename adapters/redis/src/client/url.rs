//! Parsing of the Redis URL.

use redis::{Client as RedisClient, ConnectionInfo, IntoConnectionInfo as _};

/// Parses `redis://[user:password@]host[:port][/database]`. The error describes the fault and contains no part of the
/// URL.
pub(super) fn parse(url: &str) -> Result<RedisClient, &'static str> {
    let url = redis::parse_redis_url(url).ok_or("not a valid URL")?;
    match url.scheme() {
        "redis" => {}
        "rediss" => {
            return Err("TLS is not supported: use a TLS tunnel or a private network");
        }
        _ => return Err("the scheme must be redis://"),
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err("the host is missing");
    }
    let database = url.path().trim_start_matches('/');
    if !database.is_empty() && database.parse::<u16>().is_err() {
        return Err("the path must be a database number or empty");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("a query or fragment is not allowed");
    }
    let info = url
        .into_connection_info()
        .map_err(|_| "the user, password or host is malformed")?;
    RedisClient::open(with_nodelay(info)).map_err(|_| "the user, password or host is malformed")
}

/// Disables Nagle's algorithm: small commands must not wait for one another in the socket.
fn with_nodelay(info: ConnectionInfo) -> ConnectionInfo {
    let tcp = info.tcp_settings().clone().set_nodelay(true);
    info.set_tcp_settings(tcp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_urls_with_credentials_port_and_database() {
        for (url, address, database) in [
            ("redis://localhost", "localhost:6379", 0),
            ("redis://127.0.0.1:6380/", "127.0.0.1:6380", 0),
            ("redis://[::1]:6380/3", "::1:6380", 3),
            (
                "redis://ana:p%40ss@cache.example:1/15",
                "cache.example:1",
                15,
            ),
        ] {
            let info = parse(url).unwrap().get_connection_info().clone();
            assert_eq!(
                (info.addr().to_string().as_str(), info.redis_settings().db()),
                (address, database)
            );
            assert!(info.tcp_settings().nodelay());
        }
        let info = parse("redis://ana:p%40ss@cache.example")
            .unwrap()
            .get_connection_info()
            .clone();
        let (user, password) = (
            info.redis_settings().username(),
            info.redis_settings().password(),
        );
        assert_eq!((user, password), (Some("ana"), Some("p@ss")));
    }

    #[test]
    fn rejects_invalid_urls_without_leaking_secrets() {
        for (url, reason) in [
            ("", "not a valid URL"),
            ("localhost:6379", "not a valid URL"),
            ("http://:hunter2@localhost", "not a valid URL"),
            ("redis://:hunter2@", "not a valid URL"),
            ("redis:hunter2", "host"),
            ("redis://", "host"),
            ("rediss://:hunter2@localhost", "TLS"),
            ("unix:///tmp/hunter2", "redis://"),
            ("redis://:hunter2@localhost/one", "number"),
            ("redis://localhost/-1", "number"),
            ("redis://localhost/70000", "number"),
            ("redis://localhost/1/hunter2", "number"),
            ("redis://localhost/1?password=hunter2", "query"),
            ("redis://localhost#hunter2", "fragment"),
            ("redis://0.0.0.0", "malformed"),
        ] {
            let message = parse(url).err().unwrap();
            assert!(
                message.contains(reason) && !message.contains("hunter2"),
                "{url}: {message}"
            );
        }
    }
}
