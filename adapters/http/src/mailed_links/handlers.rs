//! The routes of the pages.

use actix_web::dev::Payload;
use actix_web::http::header::RETRY_AFTER;
use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, ResponseError as _};
use sojourn_application::user;

use super::link::{CHANGE, Link, RESET, VERIFY};
use super::page::{done, failed, form, respond, token_in, value_of};
use crate::extract::{client_info, read};
use crate::problem::Problem;
use crate::routing::resource;
use crate::state::AppState;

/// Title of the page of a link that does not work.
const INVALID: &str = "This link does not work";

/// Text of the page of a link without a token.
const INCOMPLETE: &str = "It is not complete. Open it as it stands in the e-mail, in one piece.";

/// Mounts the pages.
pub(crate) fn routes(config: &mut ServiceConfig) {
    for link in [&VERIFY, &RESET, &CHANGE] {
        let show = move |req: HttpRequest| async move { show(link, &req) };
        let act = move |state: Data<AppState>, req: HttpRequest, payload: web::Payload| async move {
            act(link, &state, &req, payload.into_inner()).await
        };
        let endpoint = resource(link.path)
            .get(show)
            .serve(&Method::POST, move || web::route().to(act));
        config.service(endpoint);
    }
}

/// The page with the button. Nothing is looked up.
fn show(link: &Link, req: &HttpRequest) -> HttpResponse {
    match token_in(req.query_string().as_bytes()) {
        Some(token) => respond(StatusCode::OK, form(link, &token, &[]), None),
        None => incomplete(),
    }
}

fn incomplete() -> HttpResponse {
    let page = failed(INVALID, INCOMPLETE);
    respond(StatusCode::UNPROCESSABLE_ENTITY, page, None)
}

/// The button was pressed.
async fn act(
    link: &Link,
    state: &AppState,
    req: &HttpRequest,
    mut payload: Payload,
) -> HttpResponse {
    let body = match read(req, &mut payload).await {
        Ok(body) => body,
        Err(problem) => return refuse(link, "", &problem),
    };
    let Some(token) = token_in(&body) else {
        return incomplete();
    };
    let new_password = value_of(&body, "new_password").unwrap_or_default();
    match redeem(link, state, req, &token, new_password).await {
        Ok(()) => respond(StatusCode::OK, done(link), None),
        Err(problem) => refuse(link, &token, &problem),
    }
}

async fn redeem(
    link: &Link,
    state: &AppState,
    req: &HttpRequest,
    token: &str,
    new_password: String,
) -> Result<(), Problem> {
    let (ports, from) = (&state.ports, client_info(req));
    if *link == VERIFY {
        user::verify_email(ports, token, &from).await?;
    } else if *link == RESET {
        user::reset_password(ports, token, new_password, &from).await?;
    } else {
        user::confirm_email_change(ports, token, &from).await?;
    }
    Ok(())
}

/// The page of a failure: with the form again if another password, or another attempt later, may succeed.
fn refuse(link: &Link, token: &str, problem: &Problem) -> HttpResponse {
    let (status, body) = (problem.status(), problem.body());
    let retry = problem.error_response().headers().get(RETRY_AFTER).cloned();
    let page = match status {
        StatusCode::UNPROCESSABLE_ENTITY if body.errors.is_empty() => failed(
            INVALID,
            "It was already used, replaced by a newer one, or has expired. Request another one.",
        ),
        // The token is used up by then, and another one is mailed.
        StatusCode::UNPROCESSABLE_ENTITY
            if body.errors.iter().any(|it| it.code == "contains_email") =>
        {
            failed(
                "Choose another password",
                "It must not contain the name in your e-mail address. Another link was mailed to you.",
            )
        }
        StatusCode::UNPROCESSABLE_ENTITY => {
            let errors = body.errors.iter();
            let errors: Vec<_> = errors
                .map(|it| format!("Password: {}.", it.detail))
                .collect();
            form(link, token, &errors)
        }
        StatusCode::TOO_MANY_REQUESTS => failed("Too many attempts", &body.detail),
        _ => failed("This did not work", "Go back, and try again in a moment."),
    };
    if status.is_server_error() {
        tracing::error!(
            code = body.code,
            cause = problem.cause().unwrap_or_default(),
            "a mailed link failed"
        );
    }
    respond(status, page, retry)
}
