//! Settings of addresses, origins and proxies.

use std::net::{SocketAddr, ToSocketAddrs as _};

use sojourn_http::TrustedProxies;

use super::sources::{ConfigError, RawSetting};

pub(super) fn listen(found: &RawSetting) -> Result<SocketAddr, ConfigError> {
    let resolved = found
        .value
        .to_socket_addrs()
        .ok()
        .and_then(|mut addresses| addresses.next());
    resolved.ok_or_else(|| {
        found.invalid("must be an address and a port, such as 127.0.0.1:8080 or [::]:8080")
    })
}

pub(super) fn public_url(found: &RawSetting) -> Result<String, ConfigError> {
    let url = found.value.trim_end_matches('/');
    if is_web_url(url) {
        Ok(url.to_owned())
    } else {
        Err(found.invalid("must be a URL such as https://rentals.example"))
    }
}

pub(super) fn origins(found: &RawSetting) -> Result<Vec<String>, ConfigError> {
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
    Err(found.invalid(
        "must be origins such as https://rentals.example, separated by commas, without path or trailing slash, or *",
    ))
}

pub(super) fn proxies(found: &RawSetting) -> Result<TrustedProxies, ConfigError> {
    if found.value.split(',').any(|part| part.trim().is_empty()) {
        return Err(
            found.invalid("must be addresses and networks separated by commas, such as 10.0.0.0/8")
        );
    }
    TrustedProxies::parse(&found.value).map_err(|error| found.invalid(error.to_string()))
}

/// True for a scheme, a host and optionally a port and path, without characters that could be used
/// for injection.
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
