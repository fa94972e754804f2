//! The routes of accounts.

use actix_web::web::{ServiceConfig, scope};
use utoipa::OpenApi;

use super::{get, list, register, update};
use crate::routing::resource;

/// The description of these routes.
#[derive(OpenApi)]
#[openapi(
    paths(register::register, list::list, get::get, update::update),
    tags((name = "users", description = "Accounts"))
)]
pub struct UserApi;

/// The routes, under `/v1`.
pub fn routes(config: &mut ServiceConfig) {
    let routes = scope("/users")
        .service(resource("").post(register::register).get(list::list))
        .service(resource("/{user_id}").get(get::get).patch(update::update));
    config.service(routes);
}
