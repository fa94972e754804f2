//! Media types of requests and responses.

use actix_web::HttpRequest;
use actix_web::http::header::{ACCEPT, CONTENT_TYPE};

/// Media type of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/graphql-response+json`: the status tells failed requests apart.
    Response,
    /// `application/json`: well-formed requests are 200.
    Json,
    /// `text/event-stream`: results as events, the only form of subscriptions. Whatever fails before is as of
    /// [`Media::Response`].
    EventStream,
}

impl Media {
    /// The value of `Content-Type`.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Response => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::EventStream => "text/event-stream",
        }
    }

    /// The type of a single result, before it becomes an event.
    pub(super) const fn of_one_result(self) -> Self {
        match self {
            Self::EventStream => Self::Response,
            other => other,
        }
    }

    /// The first type in `Accept` that can be sent, JSON without the header; `None` if there is none.
    pub(super) fn accepted(req: &HttpRequest) -> Option<Self> {
        let mut values = req.headers().get_all(ACCEPT).peekable();
        if values.peek().is_none() {
            return Some(Self::Json);
        }
        let texts = values.filter_map(|value| value.to_str().ok());
        let mut types = texts.flat_map(|text| text.split(','));
        types.find_map(Self::of)
    }

    fn of(text: &str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let refused = parts.any(|it| matches!(it, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        match name.as_str() {
            _ if refused => None,
            "application/graphql-response+json" => Some(Self::Response),
            "text/event-stream" => Some(Self::EventStream),
            "application/json" | "application/*" | "*/*" => Some(Self::Json),
            _ => None,
        }
    }
}

/// True if a page is asked for, as browsers do.
pub(super) fn accepts_html(req: &HttpRequest) -> bool {
    let values = req.headers().get_all(ACCEPT);
    let texts = values.filter_map(|value| value.to_str().ok());
    texts
        .flat_map(|text| text.split(','))
        .filter_map(|text| text.split(';').next())
        .any(|name| name.trim().eq_ignore_ascii_case("text/html"))
}

/// True if the body is JSON in UTF-8.
pub(super) fn is_json(req: &HttpRequest) -> bool {
    let value = req.headers().get(CONTENT_TYPE);
    let text = value.and_then(|it| it.to_str().ok()).unwrap_or_default();
    let mut parts = text.split(';').map(|part| part.trim().to_ascii_lowercase());
    let is_json = parts.next().as_deref() == Some("application/json");
    is_json
        && parts.all(|it| !it.starts_with("charset=") || it.trim_matches('"').ends_with("utf-8"))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_first_type_that_can_be_sent_is_sent() {
        let accepted = |text: &str| {
            let req = TestRequest::get().insert_header((ACCEPT, text));
            Media::accepted(&req.to_http_request())
        };
        let response = Some(Media::Response);
        assert_eq!(accepted("application/graphql-response+json"), response);
        assert_eq!(
            accepted("text/html, Application/GraphQL-Response+JSON;q=0.9, */*"),
            response
        );
        assert_eq!(
            accepted("application/json, application/graphql-response+json"),
            Some(Media::Json)
        );
        assert_eq!(accepted("*/*"), Some(Media::Json));
        assert_eq!(accepted("text/html"), None);
        assert_eq!(accepted("text/event-stream"), Some(Media::EventStream));
        assert_eq!(accepted("application/json; q=0"), None);
        let bare = TestRequest::get().to_http_request();
        assert_eq!(Media::accepted(&bare), Some(Media::Json));
    }

    #[test]
    fn bodies_are_json_in_utf_8() {
        for (text, json) in [
            ("application/json", true),
            ("Application/JSON; charset=UTF-8", true),
            ("application/json; charset=latin1", false),
            ("application/graphql", false),
            ("multipart/form-data; boundary=a", false),
            ("text/plain", false),
        ] {
            let req = TestRequest::post().insert_header((CONTENT_TYPE, text));
            assert_eq!(is_json(&req.to_http_request()), json, "{text}");
        }
        assert!(!is_json(&TestRequest::post().to_http_request()));
    }
}
