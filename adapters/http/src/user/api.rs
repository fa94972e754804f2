//! Routes of accounts.

use actix_web::web::{ServiceConfig, scope};
use utoipa::OpenApi;

use super::{erase, export, get, list, register, update};
use crate::routing::resource;

/// Account operations.
#[derive(OpenApi)]
#[openapi(
    paths(register::register, list::list, get::get, update::update, erase::erase, export::export),
    tags((name = "users", description = "Accounts"))
)]
pub struct UserApi;

/// Mounts `/users`.
pub fn routes(config: &mut ServiceConfig) {
    let routes = scope("/users")
        .service(resource("").post(register::register).get(list::list))
        .service(
            resource("/{user_id}")
                .get(get::get)
                .patch(update::update)
                .delete(erase::erase),
        )
        .service(resource("/{user_id}/export").get(export::export));
    config.service(routes);
}
