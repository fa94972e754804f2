//! Pages of the properties of a wish list.

use std::cmp::Reverse;

use sojourn_domain::shared::{Page, PageRequest, PropertyId};
use sojourn_domain::wishlist::WishlistItem;

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
