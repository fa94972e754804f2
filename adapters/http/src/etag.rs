//! Versions as entity tags.
//!
//! A tag is `"<version>-<hash of the body>"`, and `"<version>-<hash>-gzip"` for the body compressed with
//! gzip. It is strong, since different bodies have different tags; `If-Match` compares only the version,
//! because the body depends on the caller.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::problem::Problem;

/// Encodings of compressed responses.
const ENCODINGS: [&str; 4] = ["gzip", "br", "deflate", "zstd"];

/// Adds the tag of a version without a body.
#[must_use]
pub fn with_etag(mut builder: HttpResponseBuilder, version: i64) -> HttpResponseBuilder {
    builder.insert_header((ETAG, format!("\"{version}\"")));
    builder
}

/// Responds with a JSON body and its tag, or with 304 if the client already has that body.
pub fn respond(
    req: &HttpRequest,
    status: StatusCode,
    version: i64,
    body: &impl Serialize,
) -> HttpResponse {
    tagged(req, status, Some(version), body)
}

/// Responds with a list, which has no version: 200, or 304 if the client already has it.
pub fn respond_list(req: &HttpRequest, body: &impl Serialize) -> HttpResponse {
    tagged(req, StatusCode::OK, None, body)
}

fn tagged(
    req: &HttpRequest,
    status: StatusCode,
    version: Option<i64>,
    body: &impl Serialize,
) -> HttpResponse {
    let bytes = match serde_json::to_vec(body) {
        Ok(bytes) => bytes,
        Err(error) => return HttpResponse::from_error(Problem::internal().caused_by(&error)),
    };
    let tag = tag_of(version, &bytes);
    if status == StatusCode::OK
        && req.method().is_safe()
        && let Some(known) = known_tag(req, &tag)
    {
        return HttpResponse::NotModified()
            .insert_header((ETAG, known))
            .finish();
    }
    HttpResponse::build(status)
        .insert_header((ETAG, tag))
        .insert_header((CONTENT_TYPE, HeaderValue::from_static("application/json")))
        .body(bytes)
}

/// Tag of a body. The tag of a list contains no version.
pub(crate) fn tag_of(version: Option<i64>, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hash: String = digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    version.map_or_else(
        || format!("\"list-{hash}\""),
        |version| format!("\"{version}-{hash}\""),
    )
}

/// Version in a tag issued by this server.
pub(crate) fn version_of(tag: &str) -> Option<i64> {
    let inner = tag.strip_prefix('"')?.strip_suffix('"')?;
    inner
        .split_once('-')
        .map_or(inner, |(version, _)| version)
        .parse()
        .ok()
}

/// The tag in `If-None-Match` of the client's copy of the representation with a plain tag: plain or
/// compressed. The plain tag for `*`.
pub(crate) fn known_tag(req: &HttpRequest, tag: &str) -> Option<String> {
    let values = req
        .headers()
        .get_all(IF_NONE_MATCH)
        .filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .map(|known| known.trim().trim_start_matches("W/"))
        .find_map(|known| match known {
            "*" => Some(tag.to_owned()),
            known if known == tag || plain_tag(known).as_deref() == Some(tag) => {
                Some(known.to_owned())
            }
            _ => None,
        })
}

/// The plain tag of a compressed representation; `None` for any other tag.
fn plain_tag(tag: &str) -> Option<String> {
    let (plain, encoding) = tag.strip_suffix('"')?.rsplit_once('-')?;
    let compressed = ENCODINGS.contains(&encoding);
    compressed.then(|| format!("{plain}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version_of_its_own_tags() {
        assert_eq!(version_of("\"7-00ff\""), Some(7));
        assert_eq!(version_of("\"7\""), Some(7));
        assert_eq!(version_of("\"7-00ff-gzip\""), Some(7));
        assert_eq!(version_of("W/\"7\""), None);
        assert_eq!(version_of("7"), None);
        assert_eq!(version_of("\"x\""), None);
        assert_eq!(version_of(&tag_of(Some(7), b"{}")), Some(7));
        assert_eq!(version_of(&tag_of(None, b"{}")), None);
    }

    #[test]
    fn a_copy_of_either_encoding_is_known() {
        let known = |header: &str| {
            let req = actix_web::test::TestRequest::get().insert_header((IF_NONE_MATCH, header));
            known_tag(&req.to_http_request(), "\"7-ab\"")
        };
        let tags = [
            ("\"7-ab\"", "\"7-ab\""),
            ("W/\"7-ab\"", "\"7-ab\""),
            ("\"1-00\", \"7-ab-gzip\"", "\"7-ab-gzip\""),
            ("*", "\"7-ab\""),
        ];
        for (header, tag) in tags {
            assert_eq!(known(header).as_deref(), Some(tag));
        }
        for other in ["\"7\"", "\"7-ab-x\"", "\"7-cd-gzip\"", "7-ab"] {
            assert_eq!(known(other), None, "{other}");
        }
    }
}
