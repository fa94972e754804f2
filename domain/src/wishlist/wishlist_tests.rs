use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::*;
use crate::shared::id::{PropertyId, UserId, WishlistId};

fn now() -> DateTime<Utc> {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

fn property(number: usize) -> PropertyId {
    PropertyId::new(Uuid::from_u128(1_000 + number as u128))
}

fn empty() -> Wishlist {
    let (id, owner) = (
        WishlistId::new(Uuid::from_u128(1)),
        UserId::new(Uuid::from_u128(2)),
    );
    let change = Wishlist::create(id, owner, "Lakes".into(), now()).unwrap();
    change.into_wishlist()
}

fn with_items(count: usize) -> Wishlist {
    (0..count).fold(empty(), |list, number| {
        let at = now() + TimeDelta::minutes(i64::try_from(number).unwrap());
        list.save(property(number), None, at)
            .unwrap()
            .into_wishlist()
    })
}

fn codes(error: &WishlistError) -> Vec<(String, &'static str)> {
    let WishlistError::Invalid(found) = error else {
        panic!("{error}");
    };
    found
        .iter()
        .map(|it| (it.pointer.clone(), it.code))
        .collect()
}

#[test]
fn names_and_notes_are_validated() {
    for (name, code) in [
        ("", "required"),
        (" ", "required"),
        ("a\nb", "invalid"),
        ("a".repeat(101).as_str(), "too_long"),
    ] {
        let refused = empty().rename(name.into(), now()).unwrap_err();
        assert_eq!(codes(&refused), [("/name".into(), code)], "{name:?}");
        let refused =
            Wishlist::create(empty().id, empty().user_id, name.into(), now()).unwrap_err();
        assert_eq!(codes(&refused), [("/name".into(), code)], "{name:?}");
    }
    for (note, code) in [
        ("", "required"),
        ("\u{0}", "required"),
        ("a\u{7}", "invalid"),
        ("a".repeat(501).as_str(), "too_long"),
    ] {
        let refused = empty().save(property(0), Some(note.into()), now());
        assert_eq!(
            codes(&refused.unwrap_err()),
            [("/note".into(), code)],
            "{note:?}"
        );
    }
    let longest = empty().rename("é".repeat(100), now()).unwrap();
    assert_eq!(longest.wishlist().version, 2);
}

#[test]
fn a_property_is_saved_once_and_the_latest_comes_first() {
    let list = with_items(3);
    let ids: Vec<_> = list.items.iter().map(|it| it.property_id).collect();
    assert_eq!(ids, [property(2), property(1), property(0)]);

    let later = now() + TimeDelta::days(1);
    let change = list
        .save(property(1), Some("By the lake".into()), later)
        .unwrap();
    let changed = change.wishlist();
    let ids: Vec<_> = changed.items.iter().map(|it| it.property_id).collect();
    assert_eq!(ids, [property(2), property(1), property(0)]);
    let item = changed.item(property(1)).unwrap();
    assert_eq!(item.note.as_deref(), Some("By the lake"));
    assert_eq!(item.added_at, now() + TimeDelta::minutes(1));
    assert_eq!(
        change.item(),
        Some(&WishlistItemChange::Saved(item.clone()))
    );
    assert_eq!(
        (changed.version, changed.updated_at),
        (list.version + 1, later)
    );
}

#[test]
fn a_list_holds_a_hundred_properties() {
    let full = with_items(Wishlist::MAX_ITEMS);
    assert_eq!(full.items.len(), 100);
    let refused = full.save(property(100), None, now());
    assert_eq!(refused, Err(WishlistError::Full));
    // The note of a saved one can be changed, and its place be taken.
    assert!(full.save(property(7), Some("quiet".into()), now()).is_ok());
    let fewer = full.remove(property(7), now()).unwrap().into_wishlist();
    assert!(fewer.save(property(100), None, now()).is_ok());
}

#[test]
fn only_saved_properties_are_removed() {
    let list = with_items(2);
    assert_eq!(list.remove(property(5), now()), None);
    let change = list.remove(property(0), now()).unwrap();
    assert_eq!(
        change.item(),
        Some(&WishlistItemChange::Removed(property(0)))
    );
    assert_eq!(change.wishlist().item(property(0)), None);
    assert_eq!(change.wishlist().items.len(), 1);
}

#[test]
fn a_shared_list_keeps_its_token_until_it_is_no_longer_shared() {
    let list = empty();
    assert_eq!(list.stop_sharing(now()), None);
    let shared = list.share("first".into(), now()).unwrap().into_wishlist();
    assert_eq!(shared.share_token.as_deref(), Some("first"));
    assert_eq!(shared.share("second".into(), now()), None);
    let stopped = shared.stop_sharing(now()).unwrap().into_wishlist();
    assert_eq!((stopped.share_token.as_deref(), stopped.version), (None, 3));
    let again = stopped.share("second".into(), now()).unwrap();
    assert_eq!(again.wishlist().share_token.as_deref(), Some("second"));
}

#[test]
fn records_that_no_list_can_have_are_refused() {
    let good = (*with_items(2)).clone();
    assert!(Wishlist::restore(good.clone()).is_ok());
    let mut twice = good.clone();
    twice.items[1].property_id = twice.items[0].property_id;
    let repeated = WishlistError::Repeated(property(1));
    assert_eq!(Wishlist::restore(twice), Err(repeated));
    let mut unnamed = good.clone();
    unnamed.name.clear();
    assert!(matches!(
        Wishlist::restore(unnamed),
        Err(WishlistError::Invalid(_))
    ));
    let mut long = good;
    long.items = (0..101)
        .map(|number| WishlistItem {
            property_id: property(number),
            note: None,
            added_at: now(),
        })
        .collect();
    assert_eq!(Wishlist::restore(long), Err(WishlistError::Full));
}
