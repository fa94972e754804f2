//! Where the program is reached, by whom and through what.

use std::net::{SocketAddr, ToSocketAddrs as _};

use sojourn_http::TrustedProxies;

use super::sources::{ConfigError, Found};

pub(super) fn listen(found: &Found) -> Result<SocketAddr, ConfigError> {
    let resolved = found
        .value
        .to_socket_addrs()
        .ok()
        .and_then(|mut addresses| addresses.next());
    resolved
        .ok_or_else(|| found.wrong("an address and a port, such as 127.0.0.1:8080 or [::]:8080"))
}

pub(super) fn public_url(found: &Found) -> Result<String, ConfigError> {
    let url = found.value.trim_end_matches('/');
    if is_web_url(url) {
        Ok(url.to_owned())
    } else {
        Err(found.wrong("a URL such as https://rentals.example"))
    }
}

pub(super) fn origins(found: &Found) -> Result<Vec<String>, ConfigError> {
    let origins: Vec<_> = found
        .value
        .split(',')
        .map(|origin| origin.trim().to_owned())
        .collect();
    let is_origin = |origin: &String| {
        origin == "*"
            || is_web_url(origin)
                && origin
                    .split_once("://")
                    .is_some_and(|(_, host)| !host.contains('/'))
    };
    if origins.iter().all(is_origin) {
        return Ok(origins);
    }
    Err(found.wrong(
        "origins such as https://rentals.example with commas between, no path and no slash at the end, or *",
    ))
}

pub(super) fn proxies(found: &Found) -> Result<TrustedProxies, ConfigError> {
    TrustedProxies::parse(&found.value).map_err(|error| found.wrong(error.to_string()))
}

/// A scheme, a host and perhaps a port and a path; nothing that an attacker could smuggle in.
fn is_web_url(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let plain = rest
            .chars()
            .all(|c| c.is_ascii_graphic() && !"?#@\\\"<>".contains(c));
        plain && !rest.is_empty() && !rest.starts_with(['/', ':'])
    })
}
