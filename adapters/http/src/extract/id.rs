//! Ids in paths.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::problem::Problem;

/// Id in the first variable segment of the path; 404 if it is malformed.
#[derive(Debug, Clone, Copy)]
pub struct Id<T>(pub T);

/// Id in the second variable segment of the path; 404 if it is malformed.
#[derive(Debug, Clone, Copy)]
pub struct SecondId<T>(pub T);

impl<T: FromStr> FromRequest for Id<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id_at(req, 0).map(Self))
    }
}

impl<T: FromStr> FromRequest for SecondId<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id_at(req, 1).map(Self))
    }
}

/// Id in a variable segment of the path, counted from 0.
fn id_at<T: FromStr>(req: &HttpRequest, segment: usize) -> Result<T, Problem> {
    let text = req.match_info().iter().nth(segment);
    text.and_then(|(_, text)| text.parse().ok())
        .ok_or_else(Problem::not_found)
}
