//! Pages of the properties of a wish list.

use std::cmp::Reverse;

use sojourn_domain::shared::{Actor, Page, PageRequest, PropertyId, WishlistId};
use sojourn_domain::wishlist::WishlistItem;

use super::find::{FindError, find_own};
use crate::ports::Ports;

/// The properties of a list of the caller, the latest saved first.
///
/// # Errors
/// [`FindError`].
pub async fn list_items(
    ports: &Ports,
    actor: &Actor,
    id: WishlistId,
    page: PageRequest,
) -> Result<Page<WishlistItem>, FindError> {
    let list = find_own(ports, actor, id).await?;
    Ok(page_of(list.into_record().items, &page))
}

/// Time in microseconds and property: the order of items.
type Position = (i64, PropertyId);

fn position(item: &WishlistItem) -> Position {
    (item.added_at.timestamp_micros(), item.property_id)
}

fn parse(text: &str) -> Option<Position> {
    let (micros, id) = text.split_once('|')?;
    Some((micros.parse().ok()?, id.parse().ok()?))
}

/// A page of items, the latest saved first. Its position stays valid when items are saved and removed.
#[must_use]
pub fn page_of(mut items: Vec<WishlistItem>, page: &PageRequest) -> Page<WishlistItem> {
    items.sort_by_key(|item| Reverse(position(item)));
    if let Some(after) = page.after.as_deref().and_then(parse) {
        items.retain(|item| position(item) < after);
    }
    let limit = page.limit as usize;
    let more = items.len() > limit;
    items.truncate(limit);
    let last = items.last().filter(|_| more).map(position);
    Page {
        next: last.map(|(micros, id)| format!("{micros}|{id}")),
        data: items,
    }
}
