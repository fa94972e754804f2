//! Review operations in the OpenAPI document.

use utoipa::OpenApi;

use super::{delete, edit, get, list_own, respond, write};

/// Review operations.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(
        list_own::list_own_reviews,
        write::create_review,
        get::get_review,
        edit::update_review,
        delete::delete_review,
        respond::respond_to_review,
    ),
    tags((name = "reviews", description = "Double-blind reviews of properties and guests"))
)]
pub struct ReviewApi;
