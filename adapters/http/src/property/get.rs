//! `GET /properties/{property_id}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::caching::keys;
use sojourn_application::property;
use sojourn_domain::shared::{Actor, PropertyId};

use super::dto::PropertyDto;
use super::expand::{ExpandParams, expands, include};
use crate::caching::response_cache::respond_shared;
use crate::extract::{Id, MaybeActor, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Get a property
///
/// Drafts are only visible to their host and operators.
#[utoipa::path(
    get, path = "/v1/properties/{property_id}", operation_id = "get_property", tag = "properties",
    params(("property_id" = String, Path, format = "uuid"), ExpandParams),
    responses(
        (status = 200, description = "The property", body = PropertyDto),
        (status = 304, description = "Not modified"),
        ProblemResponses
    ),
    security((), ("bearer" = []))
)]
pub async fn get_property(
    state: Data<AppState>,
    request: HttpRequest,
    MaybeActor(actor): MaybeActor,
    Id(id): Id<PropertyId>,
) -> Result<HttpResponse, Problem> {
    let query = request.query_string();
    let key = (!expands(query)).then(|| keys::public_property(id));
    respond_shared(&state, &request, actor.as_ref(), key, || {
        find(&state, actor.as_ref(), id, query)
    })
    .await
}

/// The property and its version.
async fn find(
    state: &AppState,
    actor: Option<&Actor>,
    id: PropertyId,
    query: &str,
) -> Result<(Option<i64>, PropertyDto), Problem> {
    let view = property::get(&state.ports, actor, id).await?;
    let wanted = Params::of(query).parse(ExpandParams::parse)?;
    let mut found = [PropertyDto::from(&view)];
    include(&state.ports, actor, &wanted, &mut found).await?;
    let [found] = found;
    Ok((Some(view.version), found))
}
