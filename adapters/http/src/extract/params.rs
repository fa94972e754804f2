//! Query parameters.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use sojourn_domain::shared::Violations;

use super::decode::code_of;
use super::nul;
use crate::problem::Problem;

/// Query parameters. Those of the operation that are not in `T` are ignored; invalid values fail with 422, which names
/// all of them. Parameters that the operation does not have are refused by the middleware of known parameters.
#[derive(Debug, Clone)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Params<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(req.query_string()))
    }
}

impl<T: DeserializeOwned> Params<T> {
    /// Parses a query.
    pub(crate) fn of(query: &str) -> Result<Self, Problem> {
        parse(query).map(Self).map_err(Problem::unprocessable)
    }
}

fn parse<T: DeserializeOwned>(query: &str) -> Result<T, Violations> {
    let read: Result<Vec<(String, String)>, _> = serde_urlencoded::from_str(query);
    let mut pairs = read.unwrap_or_default();
    let mut found = Violations::new();
    pairs.retain(|(name, value)| nul::check_parameter(&mut found, name, value));
    loop {
        let encoded = serde_urlencoded::to_string(&pairs).unwrap_or_default();
        let parsed = form(&encoded);
        let error = match serde_path_to_error::deserialize::<_, T>(parsed) {
            Ok(value) => return found.into_result(value),
            Err(error) => error,
        };
        let message = error.inner().to_string();
        let (code, field) = code_of(&message);
        let name = field.map_or_else(|| error.path().to_string(), ToOwned::to_owned);
        found.add(format!("/{name}"), code, message);
        let before = pairs.len();
        pairs.retain(|(key, _)| *key != name);
        if pairs.len() == before {
            return found.into_result(()).and_then(|()| Err(Violations::new()));
        }
    }
}

fn form(encoded: &str) -> serde_urlencoded::Deserializer<'_> {
    serde_urlencoded::Deserializer::new(form_urlencoded::parse(encoded.as_bytes()))
}
