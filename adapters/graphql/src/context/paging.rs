//! Connections: pages of lists with cursors.

use std::borrow::Cow;

use async_graphql::{Context, OutputType, SimpleObject, TypeName, Value};
use sojourn_application::{Failure, FailureKind};
use sojourn_domain::shared::{Page, PageRequest, Violations};

use super::call::CallExt;
use super::failure::{ApiError, ApiResult};
use super::list_reads::ListRead;

/// Purpose of cursors, which keeps them apart from other sealed texts.
const PURPOSE: &str = "graphql-cursor";

/// The most items of a page.
const LARGEST_PAGE: u32 = 100;

/// The most rows between the position in a cursor and its item.
const MOST_SKIPPED: usize = 1_000;

/// Complexity of a page: that of its fields for each item.
pub(crate) fn page_complexity(first: u32, child: usize) -> usize {
    let items = usize::try_from(first.clamp(1, LARGEST_PAGE)).unwrap_or(1);
    items.saturating_mul(child).saturating_add(1)
}

/// A page that was asked for, and the list that its cursors belong to.
pub(crate) struct PagePlan {
    /// The page to read.
    pub(crate) request: PageRequest,
    scope: String,
    /// Rows of the page that come before the cursor.
    skipped: usize,
    /// The page is being read until it becomes a connection.
    reading: Option<ListRead>,
}

impl PagePlan {
    /// The plan of a page that comes from a batch, which waits for the lists that are being read.
    pub(crate) fn for_batch(self) -> Self {
        Self {
            reading: None,
            ..self
        }
    }
}

/// The page of a list; its cursors are bound to the field, its other arguments, its parent and the caller.
///
/// # Errors
/// `out_of_range` for `first`, `cursor_invalid` for `after`.
pub(crate) fn page_request(
    ctx: &Context<'_>,
    parent: &str,
    first: u32,
    after: Option<&str>,
) -> ApiResult<PagePlan> {
    let mut found = Violations::new();
    let in_range = (1..=LARGEST_PAGE).contains(&first);
    found.require(in_range, "/first", "out_of_range", "must be from 1 to 100");
    let scope = scope_of(ctx, parent)?;
    let opened = after.map(|cursor| open(ctx, &scope, cursor));
    if opened.as_ref().is_some_and(Option::is_none) {
        let detail = "must be a cursor of this list with the same arguments";
        found.add("/after", "cursor_invalid", detail);
        let detail = "The cursor does not belong to this list. Start from its first page.";
        let failure = Failure::new(FailureKind::Invalid, "cursor_invalid", detail);
        return Err(ApiError::new(failure.with_violations(found)));
    }
    let (skipped, position) = opened.flatten().unwrap_or_default();
    let limit = first.saturating_add(u32::try_from(skipped).unwrap_or(0));
    let request = PageRequest {
        limit,
        after: position,
    };
    let plan = PagePlan {
        request,
        scope,
        skipped,
        reading: Some(ctx.call().lists.begin()),
    };
    found.into_result(plan).map_err(ApiError::invalid)
}

fn scope_of(ctx: &Context<'_>, parent: &str) -> ApiResult<String> {
    let arguments = ctx
        .field()
        .arguments()
        .map_err(|error| ApiError::new(Failure::internal(&error.message)))?;
    let mut filters: Vec<String> = arguments
        .iter()
        .filter(|(name, value)| {
            !matches!(name.as_str(), "first" | "after") && *value != Value::Null
        })
        .map(|(name, value)| format!("{name}:{value}"))
        .collect();
    filters.sort();
    let caller = ctx.call().maybe_actor();
    let caller = caller.map_or_else(String::new, |it| it.user_id.to_string());
    let (name, filters) = (ctx.field().name(), filters.join(","));
    Ok(format!("{parent}.{name}({filters})#{caller}"))
}

/// The number of rows to skip, and the position after which they are.
fn open(ctx: &Context<'_>, scope: &str, cursor: &str) -> Option<(usize, Option<String>)> {
    let signer = &ctx.call().ports.signer;
    let opened = signer.unseal(PURPOSE, scope.as_bytes(), cursor).ok()?;
    let text = String::from_utf8(opened).ok()?;
    let (skipped, position) = text.split_once('|')?;
    let position = Some(position.to_owned()).filter(|it| !it.is_empty());
    let skipped = skipped.parse().ok().filter(|it| *it <= MOST_SKIPPED)?;
    Some((skipped, position))
}

/// A page of a list.
#[derive(SimpleObject)]
#[graphql(name_type)]
pub(crate) struct Connection<T: OutputType> {
    /// Items of the page.
    edges: Vec<Edge<T>>,
    /// Position of the page.
    page_info: PageInfo,
}

/// An item of a page.
#[derive(SimpleObject)]
#[graphql(name_type)]
pub(crate) struct Edge<T: OutputType> {
    /// The item.
    node: T,
    /// Position of the item, for `after`.
    cursor: String,
}

/// Position of a page in its list.
#[derive(SimpleObject)]
pub(crate) struct PageInfo {
    /// True if there are further items.
    has_next_page: bool,
    /// True if the page is not the first.
    has_previous_page: bool,
    /// Position of the first item; null for an empty page.
    start_cursor: Option<String>,
    /// Position of the last item, for `after` of the next page; null if the list has ended without an item.
    end_cursor: Option<String>,
}

impl<T: OutputType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

impl<T: OutputType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

/// The page that was read, with its cursors.
pub(crate) fn connection<S, T: OutputType>(
    ctx: &Context<'_>,
    plan: PagePlan,
    page: Page<S>,
    node: impl Fn(S) -> T,
) -> Connection<T> {
    let PagePlan {
        request,
        scope,
        skipped,
        reading,
    } = plan;
    drop(reading);
    let signer = &ctx.call().ports.signer;
    let seal = |rows: usize, position: Option<&str>| {
        let text = format!("{rows}|{}", position.unwrap_or_default());
        signer.seal(PURPOSE, scope.as_bytes(), text.as_bytes())
    };
    let start = request.after.as_deref();
    let next = page.next.as_deref();
    let rows = page.data.len();
    // The last row of a page with a next one has the position of that one, so that rows are not read again.
    let cursor = |row: usize| match next {
        Some(next) if row + 1 == rows => seal(0, Some(next)),
        _ => seal(row + 1, start),
    };
    let shows_cursors = ctx.look_ahead().field("edges").field("cursor").exists();
    let page_info = PageInfo {
        has_next_page: next.is_some(),
        has_previous_page: skipped > 0 || start.is_some(),
        start_cursor: (rows > skipped).then(|| cursor(skipped)),
        end_cursor: match (rows.checked_sub(1), next) {
            (Some(last), _) if rows > skipped => Some(cursor(last)),
            (_, Some(next)) => Some(seal(0, Some(next))),
            (_, None) => None,
        },
    };
    let edges = page.data.into_iter().enumerate().skip(skipped);
    let edges = edges.map(|(row, item)| Edge {
        node: node(item),
        cursor: if shows_cursors {
            cursor(row)
        } else {
            String::new()
        },
    });
    Connection {
        edges: edges.collect(),
        page_info,
    }
}
