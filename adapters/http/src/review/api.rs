//! Review operations in the OpenAPI document.

use utoipa::OpenApi;

use super::{delete, edit, get, mine, respond, write};

/// Review operations.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(
        mine::list_my_reviews,
        write::create_review,
        get::get_review,
        edit::update_review,
        delete::delete_review,
        respond::respond_to_review,
    ),
    tags((name = "reviews", description = "Double-blind reviews of properties and guests"))
)]
pub struct ReviewApi;
