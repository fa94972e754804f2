//! Ids in paths.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::problem::Problem;

/// Id in the first variable segment of the path; 404 if it is malformed.
#[derive(Debug, Clone, Copy)]
pub struct Id<T>(pub T);

impl<T: FromStr> FromRequest for Id<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = req
            .match_info()
            .iter()
            .next()
            .map(|(_, text)| text.to_owned());
        ready(
            text.and_then(|text| text.parse().ok())
                .map(Self)
                .ok_or_else(Problem::not_found),
        )
    }
}
