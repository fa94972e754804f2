//! The pages as HTML.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::link::Link;

/// The most characters of a token.
const MAX_TOKEN: usize = 200;

const PAGE: &str = include_str!("page.html");

const STYLE: &str = include_str!("page.css");

/// The content security policy: one style, which is part of the page, and forms to this server.
pub(crate) static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

/// A token as links have it: what else a query holds is not shown.
pub(super) fn token_in(pairs: &[u8]) -> Option<String> {
    let token = value_of(pairs, "token")?;
    let is_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let fits = (1..=MAX_TOKEN).contains(&token.len()) && token.chars().all(is_token);
    fits.then_some(token)
}

/// The value of a name in a query or a form.
pub(super) fn value_of(pairs: &[u8], name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(pairs);
    pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
}

/// The page with the button, and with the errors of an earlier attempt.
pub(super) fn form(link: &Link, token: &str, errors: &[String]) -> String {
    let mut body = paragraph(link.text);
    for error in errors {
        body += &format!("<p class=\"error\" role=\"alert\">{}</p>\n", escaped(error));
    }
    body += &format!("<form method=\"post\" action=\"{}\">\n", link.path);
    body += &format!(
        "<input type=\"hidden\" name=\"token\" value=\"{}\">\n",
        escaped(token)
    );
    if link.takes_password {
        body += "<label for=\"new_password\">New password</label>\n\
                 <input type=\"password\" id=\"new_password\" name=\"new_password\" required minlength=\"12\" \
                 maxlength=\"128\" autocomplete=\"new-password\">\n";
    }
    body += &format!(
        "<button type=\"submit\">{}</button>\n</form>\n",
        escaped(link.button)
    );
    page(link.title, &body)
}

/// The page after the button.
pub(super) fn done(link: &Link) -> String {
    page(link.done_title, &paragraph(link.done))
}

/// A page that ends in an error.
pub(super) fn failed(title: &str, text: &str) -> String {
    page(title, &paragraph(text))
}

/// A response with a page.
pub(super) fn respond(
    status: StatusCode,
    page: String,
    retry: Option<HeaderValue>,
) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    response.insert_header((CONTENT_TYPE, "text/html; charset=utf-8"));
    if let Some(retry) = retry {
        response.insert_header((RETRY_AFTER, retry));
    }
    response.body(page)
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escaped(text))
}

fn page(title: &str, body: &str) -> String {
    PAGE.replace("{style}", STYLE)
        .replace("{title}", &escaped(title))
        .replace("{body}", body)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mailed_links::link::{RESET, VERIFY};

    #[test]
    fn a_token_has_no_other_characters() {
        assert_eq!(token_in(b"token=a-Z_9").as_deref(), Some("a-Z_9"));
        assert_eq!(token_in(b"a=b&token=x&token=y").as_deref(), Some("x"));
        let long = format!("token={}", "a".repeat(201));
        for query in [
            "",
            "token=",
            "token=%22%3E",
            "token=a%20b",
            "tokens=a",
            &long,
        ] {
            assert_eq!(token_in(query.as_bytes()), None, "{query}");
        }
    }

    #[test]
    fn texts_are_escaped() {
        let errors = ["<b>\"&'".to_owned()];
        let page = form(&RESET, "token", &errors);
        assert!(page.contains("&lt;b&gt;&quot;&amp;&#39;"), "{page}");
        assert!(!page.contains("<b>"));
    }

    #[test]
    fn the_policy_permits_the_style_of_the_page_and_nothing_from_elsewhere() {
        let page = form(&VERIFY, "token", &[]);
        let (_, rest) = page.split_once("<style>").unwrap();
        let (style, _) = rest.split_once("</style>").unwrap();
        let hash = STANDARD.encode(Sha256::digest(style));
        assert!(POLICY.to_str().unwrap().contains(&hash));
        for foreign in ["http:", "https:", "<script", "onclick", "//"] {
            assert!(!page.contains(foreign), "{foreign}");
        }
    }
}
