//! The version that a change is meant for.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::IF_MATCH;
use actix_web::{FromRequest, HttpRequest};

use crate::etag::version_of;
use crate::problem::Problem;

/// `If-Match`: the version named; nothing when it is absent or `*`. Of several tags the latest counts. What is
/// no tag of ours matches nothing: 412.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub Option<i64>);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let values: Vec<&str> =
            req.headers().get_all(IF_MATCH).map(|value| value.to_str().unwrap_or("")).collect();
        let tags: Vec<&str> = values.iter().flat_map(|value| value.split(',')).map(str::trim).collect();
        if tags.is_empty() || tags.contains(&"*") {
            return ready(Ok(Self(None)));
        }
        let latest = tags.iter().filter_map(|tag| version_of(tag)).max();
        ready(latest.map(|version| Self(Some(version))).ok_or_else(Problem::stale))
    }
}
