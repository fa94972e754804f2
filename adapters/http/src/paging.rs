//! Lists in pages.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use sojourn_domain::shared::{Page, PageRequest, Violations};
use utoipa::{IntoParams, ToSchema};

use crate::problem::Problem;
use crate::server::AppState;

const PURPOSE: &str = "cursor";

/// Which page. Taken by a `Params<PageParams>` of its own beside a list's other parameters: a flattened
/// struct could not read numbers.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// How many at most.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// Where to go on: `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl PageParams {
    /// The page that is asked for.
    ///
    /// # Errors
    /// 422 when the limit is out of range or the cursor none of ours.
    pub fn request(&self, state: &AppState) -> Result<PageRequest, Problem> {
        let mut violations = Violations::new();
        let limit = self.limit.unwrap_or(20);
        violations.require(
            (1..=100).contains(&limit),
            "/limit",
            "out_of_range",
            "from 1 to 100",
        );
        let after = self.cursor.as_ref().and_then(|cursor| {
            let opened = state.ports.signer.open(PURPOSE, cursor).ok();
            let position = opened.and_then(|bytes| String::from_utf8(bytes).ok());
            violations.require(
                position.is_some(),
                "/cursor",
                "invalid",
                "a next_cursor of an earlier page",
            );
            position
        });
        violations
            .or(PageRequest { limit, after })
            .map_err(Problem::unprocessable)
    }
}

/// A page as clients see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct List<T> {
    /// The rows.
    pub data: Vec<T>,
    /// Where the next page begins; `null` on the last.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
}

/// Signs the page's position into an opaque cursor.
pub fn list<T>(state: &AppState, page: Page<T>) -> List<T> {
    let next_cursor = page
        .next
        .map(|position| state.ports.signer.sign(PURPOSE, position.as_bytes()));
    List {
        data: page.data,
        next_cursor,
    }
}

/// Answers 200 with a page.
pub fn list_json<T: Serialize>(state: &AppState, page: Page<T>) -> HttpResponse {
    HttpResponse::Ok().json(list(state, page))
}
