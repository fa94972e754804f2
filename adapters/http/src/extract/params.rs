//! Query parameters.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use sojourn_domain::shared::Violations;

use super::merged_violations::merge_violations;
use super::messages::explain;
use super::nul;
use crate::problem::Problem;

/// Query parameters. Those of the operation that are not in `T` are ignored; invalid values fail with 422, which names
/// all of them. Parameters that the operation does not have are refused by the middleware of known parameters.
#[derive(Debug, Clone)]
pub struct Params<T> {
    /// The parameters, without those that cannot be read.
    value: Option<T>,
    unread: Violations,
}

impl<T: DeserializeOwned> FromRequest for Params<T> {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(req.query_string())))
    }
}

impl<T: DeserializeOwned> Params<T> {
    /// Reads a query.
    pub(crate) fn of(query: &str) -> Self {
        let read: Result<Vec<(String, String)>, _> = serde_urlencoded::from_str(query);
        let mut pairs = read.unwrap_or_default();
        let mut unread = Violations::new();
        pairs.retain(|(name, value)| nul::check_parameter(&mut unread, name, value));
        loop {
            let encoded = serde_urlencoded::to_string(&pairs).unwrap_or_default();
            let error = match serde_path_to_error::deserialize::<_, T>(form(&encoded)) {
                Ok(value) => {
                    let value = Some(value);
                    return Self { value, unread };
                }
                Err(error) => error,
            };
            let message = error.inner().to_string();
            let explained = explain(&message);
            let name = explained
                .field
                .map_or_else(|| error.path().to_string(), ToOwned::to_owned);
            let repeated = unread.iter().any(|it| it.pointer == format!("/{name}"));
            if !repeated {
                unread.add(format!("/{name}"), explained.code, explained.detail);
            }
            let before = pairs.len();
            pairs.retain(|(key, _)| *key != name);
            if explained.code == "required" {
                pairs.push((name, String::new()));
            } else if pairs.len() == before {
                let value = None;
                return Self { value, unread };
            }
        }
    }

    /// The request in the parameters.
    ///
    /// # Errors
    /// 422 with all violations, of what cannot be read and of what has no meaning.
    pub fn parse<C>(self, parse: impl FnOnce(T) -> Result<C, Violations>) -> Result<C, Problem> {
        let Self { value, unread } = self;
        let parsed = match value.map(parse) {
            None => Err(unread),
            Some(Ok(request)) => unread.into_result(request),
            Some(Err(wrong)) => Err(merge_violations(unread, wrong)),
        };
        parsed.map_err(Problem::unprocessable)
    }
}

fn form(encoded: &str) -> serde_urlencoded::Deserializer<'_> {
    serde_urlencoded::Deserializer::new(form_urlencoded::parse(encoded.as_bytes()))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Query {
        from: String,
        limit: Option<u32>,
        exact: Option<bool>,
    }

    fn found(query: &str) -> Vec<(String, &'static str)> {
        let check = |query: Query| {
            let mut found = Violations::new();
            found.require(query.from.len() == 10, "/from", "invalid", "must be a date");
            found.require(
                query.limit != Some(0),
                "/limit",
                "out_of_range",
                "must be at least 1",
            );
            found.require(
                query.exact != Some(false),
                "/exact",
                "invalid",
                "must be true",
            );
            found.into_result(())
        };
        let Params { value, unread } = Params::<Query>::of(query);
        let wrong = value.map(check).and_then(Result::err).unwrap_or_default();
        let all = merge_violations(unread, wrong).into_vec();
        all.into_iter().map(|it| (it.pointer, it.code)).collect()
    }

    #[test]
    fn every_parameter_is_judged() {
        let wanted = |all: &[(&str, &'static str)]| -> Vec<(String, &'static str)> {
            all.iter()
                .map(|(pointer, code)| ((*pointer).to_owned(), *code))
                .collect()
        };
        assert_eq!(found("from=2027-07-01&limit=3"), []);
        assert_eq!(
            found("limit=0"),
            wanted(&[("/from", "required"), ("/limit", "out_of_range")])
        );
        assert_eq!(
            found("from=x&limit=ten&exact=perhaps"),
            wanted(&[
                ("/limit", "invalid"),
                ("/exact", "invalid"),
                ("/from", "invalid")
            ])
        );
        assert_eq!(
            found("from=2027-07-01&limit=1&limit=2"),
            wanted(&[("/limit", "duplicate")])
        );
        assert_eq!(
            found("from=%00&exact=false"),
            wanted(&[("/from", "invalid"), ("/exact", "invalid")])
        );
    }
}
