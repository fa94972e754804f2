//! The expected version of a change.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::IF_MATCH;
use actix_web::{FromRequest, HttpRequest};
use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};

use crate::etag::version_of;

/// Name of the header.
pub(crate) const NAME: &str = "If-Match";

/// A version that no resource has: versions start at 1.
const NONE: i64 = 0;

/// Version in `If-Match`; `None` if it is absent or `*`. The highest of several versions counts; a tag
/// not issued by this server matches no version. The precondition is checked last (RFC 9110, 13.2.1):
/// other errors take precedence over 412.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub Option<i64>);

impl FromRequest for IfMatch {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(req)))
    }
}

impl IfMatch {
    /// Reads the header of a request.
    pub(super) fn of(req: &HttpRequest) -> Self {
        let values: Vec<&str> = req
            .headers()
            .get_all(IF_MATCH)
            .map(|value| value.to_str().unwrap_or(""))
            .collect();
        let tags: Vec<&str> = values
            .iter()
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .collect();
        if tags.is_empty() || tags.contains(&"*") {
            return Self(None);
        }
        let latest = tags.iter().filter_map(|tag| version_of(tag)).max();
        Self(Some(latest.unwrap_or(NONE)))
    }
}

impl IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let header = ParameterBuilder::new()
            .name(NAME)
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)));
        vec![header.build()]
    }
}
