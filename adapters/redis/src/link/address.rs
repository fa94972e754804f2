//! Where Redis is, as the operator writes it.

use redis::{Client, ConnectionInfo, IntoConnectionInfo as _};

/// Reads `redis://[user:password@]host[:port][/number]`, or says what is wrong with it in words that repeat none of it.
pub(crate) fn client(url: &str) -> Result<Client, &'static str> {
    let url = redis::parse_redis_url(url).ok_or("it is no such URL")?;
    match url.scheme() {
        "redis" => {}
        "rediss" => {
            return Err(
                "TLS is not spoken: put a tunnel before Redis, or a private network around it",
            );
        }
        _ => return Err("it does not begin with redis://"),
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err("the host is missing");
    }
    let number = url.path().trim_start_matches('/');
    if !number.is_empty() && number.parse::<u16>().is_err() {
        return Err("after the host comes the number of a database, or nothing");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("nothing may follow the number of the database");
    }
    let info = url
        .into_connection_info()
        .map_err(|_| "user, password or host cannot be read")?;
    Client::open(prompt(info)).map_err(|_| "user, password or host cannot be read")
}

/// Small commands must not wait for one another in the socket.
fn prompt(info: ConnectionInfo) -> ConnectionInfo {
    let tcp = info.tcp_settings().clone().set_nodelay(true);
    info.set_tcp_settings(tcp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_addresses() {
        for (url, address, number) in [
            ("redis://localhost", "localhost:6379", 0),
            ("redis://127.0.0.1:6380/", "127.0.0.1:6380", 0),
            ("redis://[::1]:6380/3", "::1:6380", 3),
            (
                "redis://ana:p%40ss@cache.example:1/15",
                "cache.example:1",
                15,
            ),
        ] {
            let info = client(url).unwrap().get_connection_info().clone();
            assert_eq!(
                (info.addr().to_string().as_str(), info.redis_settings().db()),
                (address, number)
            );
            assert!(info.tcp_settings().nodelay());
        }
        let info = client("redis://ana:p%40ss@cache.example")
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
    fn refuses_what_is_none_and_repeats_no_secret() {
        for (url, why) in [
            ("", "no such URL"),
            ("localhost:6379", "no such URL"),
            ("http://:hunter2@localhost", "no such URL"),
            ("redis://:hunter2@", "no such URL"),
            ("redis:hunter2", "host"),
            ("redis://", "host"),
            ("rediss://:hunter2@localhost", "TLS"),
            ("unix:///tmp/hunter2", "redis://"),
            ("redis://:hunter2@localhost/one", "number"),
            ("redis://localhost/-1", "number"),
            ("redis://localhost/70000", "number"),
            ("redis://localhost/1/hunter2", "number"),
            ("redis://localhost/1?password=hunter2", "follow"),
            ("redis://localhost#hunter2", "follow"),
            ("redis://0.0.0.0", "cannot be read"),
        ] {
            let said = client(url).err().unwrap();
            assert!(
                said.contains(why) && !said.contains("hunter2"),
                "{url}: {said}"
            );
        }
    }
}
