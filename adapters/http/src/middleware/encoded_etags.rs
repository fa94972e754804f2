//! Entity tags of compressed responses.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_ENCODING, ETAG, HeaderMap, HeaderValue};
use actix_web::middleware::Next;

/// Middleware around compression: the tag of a compressed representation is another than that of the plain one, which
/// has other bytes: `"7-00ff"` becomes `"7-00ff-gzip"`. It names the same version for `If-Match`.
pub(crate) async fn encoded_etags(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let mut response = next.call(req).await?.map_into_boxed_body();
    if let Some(tag) = encoded_tag(response.headers()) {
        response.headers_mut().insert(ETAG, tag);
    }
    Ok(response)
}

fn encoded_tag(headers: &HeaderMap) -> Option<HeaderValue> {
    let encoding = headers.get(CONTENT_ENCODING)?.to_str().ok()?;
    let tag = headers.get(ETAG)?.to_str().ok()?;
    let tag = tag.strip_suffix('"').filter(|_| encoding != "identity")?;
    HeaderValue::from_str(&format!("{tag}-{encoding}\"")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_tag_of_a_compressed_body_changes() {
        let cases = [
            (Some("gzip"), Some("\"7-ab-gzip\"")),
            (Some("br"), Some("\"7-ab-br\"")),
            (Some("identity"), None),
            (None, None),
        ];
        for (encoding, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(ETAG, HeaderValue::from_static("\"7-ab\""));
            if let Some(encoding) = encoding {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
            let tag = encoded_tag(&headers);
            assert_eq!(tag.as_ref().and_then(|tag| tag.to_str().ok()), expected);
        }
    }
}
