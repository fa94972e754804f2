//! Who asks.

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::future::LocalBoxFuture;
use sojourn_application::session::{AuthenticateError, authenticate};
use sojourn_domain::shared::{Actor, SessionId};

use crate::problem::Problem;
use crate::server::AppState;

/// The logged-in user; 401 without a good token.
#[derive(Debug, Clone, Copy)]
pub struct Authenticated {
    /// On whose behalf.
    pub actor: Actor,
    /// In which session.
    pub session_id: SessionId,
}

/// The logged-in user, if there is one. A bad token is 401 here too.
#[derive(Debug, Clone, Copy)]
pub struct MaybeActor(pub Option<Actor>);

/// Finds out who asks, once a request.
pub(crate) async fn identify(req: &HttpRequest) -> Result<Option<Authenticated>, Problem> {
    let known = req.extensions().get::<Authenticated>().copied();
    if known.is_some() {
        return Ok(known);
    }
    let Some(header) = req.headers().get(AUTHORIZATION) else { return Ok(None) };
    let token = header.to_str().ok().and_then(bearer).ok_or_else(refused)?;
    let state = req.app_data::<Data<AppState>>().ok_or_else(Problem::internal)?;
    let (actor, session_id) = authenticate(&state.ports, token).await.map_err(|error| match error {
        AuthenticateError::Refused => refused(),
        AuthenticateError::Store(error) => error.into(),
    })?;
    let found = Authenticated { actor, session_id };
    req.extensions_mut().insert(found);
    Ok(Some(found))
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn refused() -> Problem {
    Problem::unauthorized("token_invalid", "The access token is invalid or expired.")
}

impl FromRequest for Authenticated {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let missing = || Problem::unauthorized("token_missing", "This needs an access token.");
            identify(&req).await?.ok_or_else(missing)
        })
    }
}

impl FromRequest for MaybeActor {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move { Ok(Self(identify(&req).await?.map(|found| found.actor))) })
    }
}
