//! The authenticated caller of a request.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use chrono::{DateTime, Utc};
use futures_util::future::{Either, LocalBoxFuture};
use sojourn_application::access::{AuthenticateError, OwnerProof, authenticate};
use sojourn_application::ports::AccessClaims;
use sojourn_domain::shared::{Actor, SessionId};
use tracing::Span;
use tracing::field::display;

use super::address;
use crate::problem::Problem;
use crate::state::AppState;

/// The authenticated caller; 401 without a valid token.
#[derive(Debug, Clone, Copy)]
pub struct Authenticated {
    /// The caller.
    pub actor: Actor,
    /// Session of the access token.
    pub session_id: SessionId,
    /// Time of the login of the session (UTC).
    pub logged_in_at: DateTime<Utc>,
}

impl Authenticated {
    /// The proof of ownership of the account that the request has, with the password in its body.
    pub fn proof(&self, password: Option<String>) -> OwnerProof {
        OwnerProof {
            logged_in_at: self.logged_in_at,
            password,
        }
    }
}

/// The authenticated caller, if any. An invalid token is 401 here too.
#[derive(Debug, Clone, Copy)]
pub struct MaybeActor(pub Option<Actor>);

/// Claims of a request's token; `None` without a valid token issued by this server.
#[derive(Debug, Clone, Copy)]
struct VerifiedClaims(Option<AccessClaims>);

/// Reads the token, once per request. Does not check that its session is still open.
pub(crate) fn claims(req: &HttpRequest) -> Option<AccessClaims> {
    let known = req.extensions().get::<VerifiedClaims>().copied();
    if let Some(VerifiedClaims(claims)) = known {
        return claims;
    }
    let ports = &req.app_data::<Data<AppState>>()?.ports;
    let token = req
        .headers()
        .get(AUTHORIZATION)?
        .to_str()
        .ok()
        .and_then(bearer);
    let claims = token.and_then(|token| ports.access_tokens.read(token, ports.clock.now()).ok());
    req.extensions_mut().insert(VerifiedClaims(claims));
    claims
}

/// Authenticates the caller, once per request.
pub(crate) async fn authenticate_request(
    req: &HttpRequest,
) -> Result<Option<Authenticated>, Problem> {
    let known = req.extensions().get::<Authenticated>().copied();
    if known.is_some() {
        return Ok(known);
    }
    if !req.headers().contains_key(AUTHORIZATION) {
        return Ok(None);
    }
    let state = req
        .app_data::<Data<AppState>>()
        .ok_or_else(Problem::internal)?;
    let claims = claims(req).ok_or(AuthenticateError::Refused)?;
    let (actor, session) = authenticate(&state.ports, &claims, Some(address(req))).await?;
    let found = Authenticated {
        actor,
        session_id: session.id,
        logged_in_at: session.created_at,
    };
    // Names the account in the lines that are logged from here on.
    Span::current().record("user_id", display(actor.user_id));
    req.extensions_mut().insert(found);
    Ok(Some(found))
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

impl FromRequest for Authenticated {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let missing = || Problem::unauthorized("token_missing", "Access token is missing.");
            authenticate_request(&req).await?.ok_or_else(missing)
        })
    }
}

impl FromRequest for MaybeActor {
    type Error = Problem;
    type Future =
        Either<Ready<Result<Self, Problem>>, LocalBoxFuture<'static, Result<Self, Problem>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        if !req.headers().contains_key(AUTHORIZATION) {
            return Either::Left(ready(Ok(Self(None))));
        }
        let req = req.clone();
        Either::Right(Box::pin(async move {
            Ok(Self(
                authenticate_request(&req).await?.map(|found| found.actor),
            ))
        }))
    }
}
