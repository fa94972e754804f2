//! Routes of reviews.

use actix_web::web::{ServiceConfig, scope};

use super::{
    delete::delete_review, edit::update_review, get::get_review, list_own::list_own_reviews,
    respond::respond_to_review, write::create_review,
};
use crate::routing::resource;

/// Mounts `/reviews`.
pub fn routes(cfg: &mut ServiceConfig) {
    let routes = scope("/reviews")
        .service(resource("").get(list_own_reviews).post(create_review))
        .service(
            resource("/{review_id}")
                .get(get_review)
                .patch(update_review)
                .delete(delete_review),
        )
        .service(resource("/{review_id}/response").post(respond_to_review));
    cfg.service(routes);
}
