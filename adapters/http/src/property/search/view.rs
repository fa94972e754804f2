//! The parameter that chooses how much of each property a search tells.

use serde::Deserialize;
use sojourn_domain::shared::Violations;
use utoipa::{IntoParams, ToSchema};

use crate::wire::accepted::{Accepted, parse_enum};

/// Detail of the results of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchView {
    /// The whole properties, in `data`.
    #[default]
    Full,
    /// The parts that a card in a list shows, in `cards`.
    Card,
    /// The parts that a pin on a map shows, in `pins`.
    Pin,
}

impl Accepted for SearchView {
    fn accepted() -> String {
        "one of full, card, pin".to_owned()
    }
}

/// Detail of the results.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ViewParams {
    /// Detail of the results: whole properties in `data`, cards in `cards` or map pins in `pins`; `full` when absent.
    /// `pin` excludes `expand`.
    #[param(value_type = Option<SearchView>)]
    view: Option<String>,
}

impl ViewParams {
    /// The view, and its violations with the resources that are to be included.
    pub fn parse(self, expands: bool) -> Result<SearchView, Violations> {
        let mut found = Violations::new();
        let read = |text: &str| match text {
            "full" => Some(SearchView::Full),
            "card" => Some(SearchView::Card),
            "pin" => Some(SearchView::Pin),
            _ => None,
        };
        let view = self.view.map_or(Some(SearchView::Full), |text| {
            parse_enum(&mut found, "/view", &text, read)
        });
        let view = view.unwrap_or_default();
        let fits = view != SearchView::Pin || !expands;
        found.require(fits, "/expand", "contradiction", "excludes view=pin");
        found.into_result(view)
    }
}
