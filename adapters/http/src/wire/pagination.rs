//! Pagination of lists.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use sojourn_domain::shared::{Page, PageRequest, Violations};
use utoipa::{IntoParams, ToSchema};

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

impl PageParams {
    /// The requested page.
    ///
    /// # Errors
    /// 422 if the limit is out of range or the cursor was not issued by this server.
    pub fn request(&self, state: &AppState) -> Result<PageRequest, Problem> {
        let mut violations = Violations::new();
        let limit = self.limit.unwrap_or(20);
        violations.require(
            (1..=100).contains(&limit),
            "/limit",
            "out_of_range",
            "must be from 1 to 100",
        );
        let after = self.cursor.as_ref().and_then(|cursor| {
            let opened = state.ports.signer.open(PURPOSE, cursor).ok();
            let position = opened.and_then(|bytes| String::from_utf8(bytes).ok());
            violations.require(
                position.is_some(),
                "/cursor",
                "invalid",
                "must be the next_cursor of an earlier page",
            );
            position
        });
        violations
            .into_result(PageRequest { limit, after })
            .map_err(Problem::unprocessable)
    }
}

/// A page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct List<T> {
    /// Items on this page.
    pub data: Vec<T>,
    /// Cursor of the next page; null on the last page.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
}

/// Signs the position of the page into an opaque cursor.
pub fn list<T>(state: &AppState, page: Page<T>) -> List<T> {
    let next_cursor = page
        .next
        .map(|position| state.ports.signer.sign(PURPOSE, position.as_bytes()));
    List {
        data: page.data,
        next_cursor,
    }
}

/// Responds 200 with a page.
pub fn list_json<T: Serialize>(state: &AppState, page: Page<T>) -> HttpResponse {
    HttpResponse::Ok().json(list(state, page))
}
