//! Address and device of the client.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr};

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderName, USER_AGENT};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use sojourn_application::access::ClientInfo;

use crate::state::AppState;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Maximum length to which a `User-Agent` is truncated, in characters.
const USER_AGENT_LENGTH: usize = 200;

/// The client of a request, authenticated or not.
#[derive(Debug, Clone)]
pub struct Client(pub ClientInfo);

impl FromRequest for Client {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(client_info(req))))
    }
}

/// The client of a request.
#[must_use]
pub fn client_info(req: &HttpRequest) -> ClientInfo {
    let name = req
        .headers()
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok());
    ClientInfo {
        address: address(req),
        user_agent: name.map(|name| name.chars().take(USER_AGENT_LENGTH).collect()),
    }
}

/// IP address of the client, as reported by trusted proxies; 0.0.0.0 for a request without a network
/// peer.
pub(crate) fn address(req: &HttpRequest) -> IpAddr {
    let peer = req
        .peer_addr()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    let Some(state) = req.app_data::<Data<AppState>>() else {
        return peer.to_canonical();
    };
    // A value that is not text counts as an invalid address, which ends the search.
    let headers = req
        .headers()
        .get_all(FORWARDED_FOR)
        .map(|value| value.to_str().unwrap_or("?"));
    state.proxies.client(peer, headers)
}
