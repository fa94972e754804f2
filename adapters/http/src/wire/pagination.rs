//! Pagination of lists.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sojourn_domain::shared::{Page, PageRequest, UserId, Violations};
use utoipa::IntoParams;

use crate::extract::{Params, claims};
use crate::problem::Problem;
use crate::state::AppState;

const PURPOSE: &str = "cursor";

/// Page parameters. Extracted by a separate `Params<PageParams>` beside a list's other parameters,
/// because a flattened struct cannot read numbers.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// Maximum number of items on the page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// `next_cursor` of the previous page; the first page when absent.
    pub cursor: Option<String>,
}

/// The list, filters and order that a cursor belongs to, and the caller. Any other use of the cursor is refused.
#[derive(Debug, Clone)]
pub struct CursorScope(String);

impl FromRequest for CursorScope {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    /// The scope of a request whose response depends on the caller.
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = claims(req).map(|claims| claims.user_id);
        ready(Ok(Self::new(req.path(), req.query_string(), caller)))
    }
}

impl CursorScope {
    /// The scope of a list by its path and query, and by the caller if the response depends on it.
    pub fn new(path: &str, query: &str, caller: Option<UserId>) -> Self {
        let mut filters: Vec<_> = form_urlencoded::parse(query.as_bytes())
            .filter(|(name, _)| !["cursor", "limit", "expand", "view"].contains(&name.as_ref()))
            .collect();
        filters.sort();
        let filters = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(filters)
            .finish();
        let caller = caller.map_or_else(String::new, |caller| caller.to_string());
        Self(format!("{path}?{filters}#{caller}"))
    }

    /// The cursor of a position in the list.
    fn seal(&self, state: &AppState, position: &str) -> String {
        let signer = &state.ports.signer;
        signer.seal(PURPOSE, self.0.as_bytes(), position.as_bytes())
    }

    /// The position of a cursor; `None` for one of another scope.
    fn open(&self, state: &AppState, cursor: &str) -> Option<String> {
        let opened = state
            .ports
            .signer
            .unseal(PURPOSE, self.0.as_bytes(), cursor);
        String::from_utf8(opened.ok()?).ok()
    }
}

impl PageParams {
    /// The requested page.
    ///
    /// # Errors
    /// 422 if the limit is out of range; 422 `cursor_invalid` if the cursor was not issued by this server for this
    /// list with these filters, and for this caller.
    pub fn request(&self, state: &AppState, scope: &CursorScope) -> Result<PageRequest, Problem> {
        let mut violations = Violations::new();
        let limit = self.limit.unwrap_or(20);
        violations.require(
            (1..=100).contains(&limit),
            "/limit",
            "out_of_range",
            "must be from 1 to 100",
        );
        let after = self
            .cursor
            .as_ref()
            .and_then(|cursor| scope.open(state, cursor));
        if self.cursor.is_some() && after.is_none() {
            violations.add(
                "/cursor",
                "cursor_invalid",
                "must be the next_cursor of an earlier page of this list with the same filters",
            );
            let detail = "The cursor does not belong to this list. Start from its first page.";
            let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "cursor_invalid", detail);
            return Err(problem.with_violations(violations));
        }
        violations
            .into_result(PageRequest { limit, after })
            .map_err(Problem::unprocessable)
    }
}

/// The requested page of a list.
///
/// # Errors
/// 422 as of [`PageParams::request`], also for parameters that cannot be read.
pub fn page_request(
    state: &AppState,
    scope: &CursorScope,
    page: Params<PageParams>,
) -> Result<PageRequest, Problem> {
    page.parse(Ok)?.request(state, scope)
}

/// The filter and the requested page of a list.
///
/// # Errors
/// 422 with the violations of all parameters.
pub fn list_request<T: DeserializeOwned, C>(
    state: &AppState,
    scope: &CursorScope,
    filter: Params<T>,
    page: Params<PageParams>,
    parse: impl FnOnce(T) -> Result<C, Violations>,
) -> Result<(C, PageRequest), Problem> {
    both(filter.parse(parse), page_request(state, scope, page))
}

/// Two parts of a request.
///
/// # Errors
/// 422 with the violations of both.
pub fn both<A, B>(one: Result<A, Problem>, other: Result<B, Problem>) -> Result<(A, B), Problem> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(problem), Ok(_)) | (Ok(_), Err(problem)) => Err(problem),
        (Err(one), Err(other)) => Err(one.with_violations_of(&other)),
    }
}

/// A page of a list.
#[derive(Debug, Clone, Serialize)]
pub struct List<T> {
    /// Items on this page.
    pub data: Vec<T>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

/// Encrypts the position of the page into an opaque cursor.
pub fn list<T>(state: &AppState, page: Page<T>, scope: &CursorScope) -> List<T> {
    let next_cursor = page.next.map(|position| scope.seal(state, &position));
    List {
        data: page.data,
        next_cursor,
    }
}

/// Responds 200 with a page.
pub fn list_json<T: Serialize>(
    state: &AppState,
    page: Page<T>,
    scope: &CursorScope,
) -> HttpResponse {
    HttpResponse::Ok().json(list(state, page, scope))
}

/// Responds 200 with a whole list, which has no further page.
pub fn whole_list_json<T: Serialize>(data: Vec<T>) -> HttpResponse {
    HttpResponse::Ok().json(List {
        data,
        next_cursor: None,
    })
}
