//! The OpenAPI document and its web page.

use std::future::ready;
use std::io::{self, Cursor, Read as _};
use std::sync::{Arc, OnceLock};

use actix_web::body::SizedStream;
use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderValue, LOCATION,
    VARY,
};
use actix_web::web::{Bytes, Data, Path, ServiceConfig, block};
use actix_web::{HttpRequest, HttpResponse};
use flate2::Compression;
use flate2::read::{GzDecoder, GzEncoder};
use futures_util::stream::{self, Stream};
use utoipa_swagger_ui::Config;

use crate::api::openapi_json;
use crate::etag::{known_tag, tag_of};
use crate::problem::Problem;
use crate::routing::resource;
use crate::state::{AppState, StaticPage};

/// Period in which a page is not requested again, and after which its tag is compared.
const CACHE_POLICY: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// Length of the parts in which a page is decompressed.
const PART: usize = 16 * 1024;

/// The page, with the width of a telephone.
const INDEX: &str = include_str!("docs.html");

/// Script of the page that opens the document.
const INITIALIZER: &str = include_str!("docs.js");

/// Compressed once for all requests.
static DOCUMENT: OnceLock<Option<Page>> = OnceLock::new();

/// Mounts `/openapi.json` and `/docs`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/openapi.json").get(document))
        .service(resource("/docs").get(redirect_to_ui))
        .service(resource("/docs/{file:.*}").get(file));
}

/// Mounts pages of another interface.
pub fn mount(config: &mut ServiceConfig, pages: &[StaticPage]) {
    for page in pages {
        let gzip = Bytes::from_static(page.gzip);
        let stored = Page::from_gzip(page.content_type.to_owned(), gzip);
        let respond = move |req: HttpRequest| ready(stored.clone().respond(&req));
        config.service(resource(page.path).get(respond));
    }
}

/// A page in its compressed form.
#[derive(Clone)]
struct Page {
    content_type: String,
    gzip: Bytes,
    /// Tag of the uncompressed form.
    tag: String,
}

impl Page {
    /// Compresses a text; `None` if that fails.
    fn compressed(content_type: String, plain: &[u8]) -> Option<Self> {
        let mut gzip = Vec::new();
        let mut encoder = GzEncoder::new(plain, Compression::best());
        encoder.read_to_end(&mut gzip).ok()?;
        Some(Self::from_gzip(content_type, gzip.into()))
    }

    fn from_gzip(content_type: String, gzip: Bytes) -> Self {
        let tag = tag_of(None, &gzip);
        Self {
            content_type,
            gzip,
            tag,
        }
    }

    /// The page for the rare client that accepts no compression: decompressed as the client takes it, so that clients
    /// that do not read take little memory.
    fn plain(&self) -> SizedStream<impl Stream<Item = io::Result<Bytes>> + use<>> {
        let decoder = GzDecoder::new(Cursor::new(self.gzip.clone()));
        let parts = stream::try_unfold(decoder, |mut decoder| async move {
            let mut part = vec![0; PART];
            let length = decoder.read(&mut part)?;
            part.truncate(length);
            Ok((length > 0).then(|| (Bytes::from(part), decoder)))
        });
        SizedStream::new(self.plain_length(), parts)
    }

    /// The length of the uncompressed form, with which the format ends.
    fn plain_length(&self) -> u64 {
        let length = self.gzip.last_chunk().copied().unwrap_or_default();
        u32::from_le_bytes(length).into()
    }

    /// The page as it is stored, or decompressed.
    fn respond(self, req: &HttpRequest) -> Result<HttpResponse, Problem> {
        if let Some(known) = known_tag(req, &self.tag) {
            let mut unchanged = HttpResponse::NotModified();
            return Ok(unchanged.insert_header((ETAG, known)).finish());
        }
        let mut response = HttpResponse::Ok();
        response
            .insert_header((CONTENT_TYPE, self.content_type.as_str()))
            .insert_header((CACHE_CONTROL, CACHE_POLICY))
            .insert_header((VARY, "accept-encoding"))
            .insert_header((ETAG, self.tag.as_str()));
        if accepts_gzip(req) {
            response.insert_header((CONTENT_ENCODING, "gzip"));
            return Ok(response.body(self.gzip));
        }
        response.insert_header((CONTENT_ENCODING, "identity"));
        Ok(response.body(self.plain()))
    }
}

/// True if the client reads gzip; a weight of zero excludes it.
fn accepts_gzip(req: &HttpRequest) -> bool {
    let values = req.headers().get_all(ACCEPT_ENCODING);
    let encodings = values.filter_map(|value| value.to_str().ok());
    encodings
        .flat_map(|value| value.split(','))
        .any(|encoding| {
            let (name, weight) = encoding.split_once(';').unwrap_or((encoding, ""));
            let weight = weight.trim().strip_prefix("q=").map(str::parse::<f32>);
            matches!(name.trim(), "gzip" | "*") && weight != Some(Ok(0.0))
        })
}

async fn document(req: HttpRequest) -> Result<HttpResponse, Problem> {
    let known = match DOCUMENT.get() {
        Some(known) => known,
        None => block(|| DOCUMENT.get_or_init(compressed_document))
            .await
            .map_err(|error| Problem::internal().caused_by(&error))?,
    };
    let page = known.clone().ok_or_else(Problem::internal)?;
    page.respond(&req)
}

fn compressed_document() -> Option<Page> {
    Page::compressed("application/json".to_owned(), openapi_json().as_bytes())
}

/// A file of the web page. Its files are compressed when the program is built, but for those that are written here.
async fn file(
    state: Data<AppState>,
    req: HttpRequest,
    path: Path<String>,
) -> Result<HttpResponse, Problem> {
    let written = match path.as_str() {
        "index.html" => Some(("text/html; charset=utf-8", INDEX.to_owned())),
        "swagger-initializer.js" => Some(("text/javascript", INITIALIZER.to_owned())),
        "examples.json" => state
            .examples
            .as_ref()
            .map(|it| ("application/json", it.to_string())),
        _ => None,
    };
    if let Some((content_type, text)) = written {
        let page = Page::compressed(content_type.to_owned(), text.as_bytes());
        return page.ok_or_else(Problem::internal)?.respond(&req);
    }
    let config = Arc::new(Config::from("/openapi.json"));
    let found = utoipa_swagger_ui::serve(&path, config);
    let found = found.map_err(|error| Problem::internal().caused_by(&error))?;
    let found = found.ok_or_else(Problem::not_found)?;
    let page = if found.gzpipped {
        let gzip = match found.bytes {
            std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            std::borrow::Cow::Owned(bytes) => bytes.into(),
        };
        Page::from_gzip(found.content_type, gzip)
    } else {
        Page::compressed(found.content_type, &found.bytes).ok_or_else(Problem::internal)?
    };
    page.respond(&req)
}

async fn redirect_to_ui() -> HttpResponse {
    HttpResponse::TemporaryRedirect()
        .insert_header((LOCATION, "/docs/index.html"))
        .finish()
}

#[cfg(test)]
mod tests {
    use actix_web::body::{BodySize, MessageBody as _, to_bytes};
    use actix_web::test::TestRequest;

    use super::*;

    #[actix_web::test]
    async fn pages_are_stored_compressed() {
        let text = [b'a'; 100_000];
        let page = Page::compressed("text/plain".to_owned(), &text).unwrap();
        assert!(page.gzip.len() < 1_000);
        assert_eq!(page.plain().size(), BodySize::Sized(100_000));
        assert_eq!(to_bytes(page.plain()).await.unwrap(), &text[..]);
    }

    #[test]
    fn a_weight_of_zero_excludes_an_encoding() {
        for (accepted, expected) in [
            ("gzip", true),
            ("br, gzip;q=0.5", true),
            ("*", true),
            ("gzip;q=0", false),
            ("br", false),
            ("", false),
        ] {
            let req = TestRequest::get().insert_header((ACCEPT_ENCODING, accepted));
            assert_eq!(accepts_gzip(&req.to_http_request()), expected, "{accepted}");
        }
    }
}
