//! `GET /properties`.

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::caching::keys;
use sojourn_application::property;
use sojourn_domain::shared::Actor;

use super::list_dto::{CardDto, SearchListDto};
use super::params::{HOST, ME, SearchParams};
use super::view::{SearchView, ViewParams};
use crate::caching::response_cache::{canonical_query, get_or_render, serialize};
use crate::etag;
use crate::extract::{MaybeActor, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::property::expand::{ListExpandParams, expands, include_hosts};
use crate::state::AppState;
use crate::wire::pagination::{CursorScope, List, PageParams, both, list, list_request};

/// Search properties
///
/// Finds listed properties. With dates, only those that can be booked for the stay, each with its total price; with
/// `flexible_days` too, each with the cheapest stay of as many nights that begins within so many days.
#[utoipa::path(
    get, path = "/v1/properties", operation_id = "search_properties", tag = "properties",
    params(SearchParams, ViewParams, ListExpandParams, PageParams),
    responses(
        (status = 200, description = "A page of properties", body = SearchListDto),
        (status = 304, description = "Not modified"),
        ProblemResponses
    ),
    security((), ("bearer" = []))
)]
pub async fn search_properties(
    state: Data<AppState>,
    request: HttpRequest,
    MaybeActor(actor): MaybeActor,
) -> Result<HttpResponse, Problem> {
    let query = request.query_string();
    if actor.is_none() && hosts(query).any(|host| host == ME) {
        return Err(Problem::unauthorized(
            "token_missing",
            "Access token is missing.",
        ));
    }
    if let Some(actor) = actor.filter(|_| hosts(query).next().is_some()) {
        let found = find(&state, Some(&actor), query).await?;
        return Ok(etag::respond_list(&request, &found));
    }
    let name = canonical_query("", query).filter(|_| !expands(query));
    let key = name.map(keys::search);
    get_or_render(&state, &request, key, || {
        render_public(state.clone(), query.to_owned())
    })
    .await
}

/// The hosts that a search names. With one its result depends on the caller: hosts find their own properties in any
/// status.
fn hosts(query: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let parameters = form_urlencoded::parse(query.as_bytes());
    parameters.filter_map(|(name, value)| (name == HOST).then_some(value))
}

async fn render_public(state: Data<AppState>, query: String) -> Result<Arc<[u8]>, Problem> {
    serialize(None, &find(&state, None, &query).await?)
}

async fn find(
    state: &AppState,
    actor: Option<&Actor>,
    query: &str,
) -> Result<SearchListDto, Problem> {
    let caller = actor.map(|actor| actor.user_id);
    let scope = CursorScope::new("/v1/properties", query, caller);
    let (params, page) = (Params::of(query), Params::of(query));
    let request = list_request(state, &scope, params, page, |it: SearchParams| {
        it.parse(caller)
    });
    let wanted = Params::of(query).parse(ListExpandParams::parse);
    let view = Params::of(query).parse(|it: ViewParams| it.parse(expands(query)));
    let ((request, page), (wanted, view)) = both(request, both(wanted, view))?;
    let (ports, wanted) = (&state.ports, wanted.as_slice());
    let found = property::search(ports, actor, request, page).await?;
    let List { data, next_cursor } = list(state, found, &scope);
    let results = data.into_iter();
    let mut found = SearchListDto {
        next_cursor,
        ..SearchListDto::default()
    };
    match view {
        SearchView::Full => {
            found.data = results.map(Into::into).collect();
            include_hosts(ports, actor, wanted, &mut found.data).await?;
        }
        SearchView::Card => {
            let mut cards: Vec<CardDto> = results.map(Into::into).collect();
            include_hosts(ports, actor, wanted, &mut cards).await?;
            found.cards = Some(cards);
        }
        SearchView::Pin => found.pins = Some(results.map(Into::into).collect()),
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::hosts;

    #[test]
    fn the_host_filter_is_detected_in_any_encoding() {
        for query in ["host_id=1", "city=x&host_id=1", "host%5Fid=1", "host_id"] {
            assert!(hosts(query).next().is_some(), "{query}");
        }
        assert_eq!(hosts("city=host_id&host=1").next(), None);
        assert_eq!(hosts("host%5Fid=m%65").next().unwrap(), "me");
    }
}
