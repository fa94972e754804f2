use sojourn_domain::property::Property;
use sojourn_domain::shared::{Actor, CommitError, Page, PageRequest, PropertyId, WishlistId};
use sojourn_domain::wishlist::{Wishlist, WishlistItem, WishlistItemChange};
use uuid::Uuid;

use super::*;
use crate::test_support::test_ports::{
    TestPorts, actor_of, complete_details, draft, listed, now, stranger, user,
};

fn id() -> WishlistId {
    WishlistId::new(Uuid::from_u128(5))
}

fn owner() -> Actor {
    actor_of(&user())
}

fn stored() -> Wishlist {
    let change = Wishlist::create(id(), user().id, "Lakes".into(), now()).unwrap();
    change.into_wishlist()
}

fn page(limit: u32) -> PageRequest {
    PageRequest { limit, after: None }
}

fn with_list(list: Wishlist) -> TestPorts {
    let mut test = TestPorts::new();
    test.wishlists
        .expect_get()
        .returning(move |_| Ok(Some(list.clone())));
    test
}

/// Saves a property in a list, by its owner; a commit is expected if the result is to be a success.
async fn saved(property: Property, commits: bool) -> Result<WishlistView, ChangeError> {
    let mut test = with_list(stored());
    let property_id = property.id;
    test.properties
        .expect_get()
        .return_once(move |_| Ok(Some(property)));
    test.booking_queries
        .expect_has_confirmed_booking()
        .returning(|_, _| Ok(false));
    if commits {
        test.wishlists
            .expect_commit()
            .once()
            .withf(move |change| {
                matches!(change.item(), Some(WishlistItemChange::Saved(item)) if item.property_id == property_id)
            })
            .return_once(|_| Ok(()));
    }
    save_property(&test.ports(), &owner(), id(), property_id, None, None).await
}

#[tokio::test]
async fn lists_are_private_even_from_operators() {
    let operator = Actor::operator(stranger().user_id);
    for actor in [stranger(), operator] {
        let mut test = with_list(stored());
        test.properties
            .expect_get()
            .returning(|_| Ok(Some(listed())));
        test.booking_queries
            .expect_has_confirmed_booking()
            .returning(|_, _| Ok(false));
        let ports = test.ports();
        let missing = ChangeError::NotFound;
        assert_eq!(get(&ports, &actor, id()).await, Err(FindError::NotFound));
        assert_eq!(
            delete(&ports, &actor, id(), None).await,
            Err(missing.clone())
        );
        let renamed = rename(&ports, &actor, id(), Some("Mine".into()), None).await;
        assert_eq!(renamed, Err(missing.clone()));
        let saved = save_property(&ports, &actor, id(), listed().id, None, None).await;
        assert_eq!(saved, Err(missing.clone()));
        let removed = remove_property(&ports, &actor, id(), listed().id, None).await;
        assert_eq!(removed, Err(missing.clone()));
        assert_eq!(
            share(&ports, &actor, id(), None).await,
            Err(missing.clone())
        );
        assert_eq!(stop_sharing(&ports, &actor, id(), None).await, Err(missing));
    }
}

#[tokio::test]
async fn only_visible_properties_are_saved() {
    let view = saved(listed(), true).await.unwrap();
    assert_eq!((view.items.len(), view.version), (1, 2));
    let mut hidden = draft(complete_details()).into_record();
    hidden.host_id = stranger().user_id;
    let refused = saved(Property::restore(hidden).unwrap(), false).await;
    assert_eq!(refused, Err(ChangeError::NotFound));
}

#[tokio::test]
async fn what_changes_nothing_stores_nothing() {
    let ports = with_list(stored()).ports();
    let same = rename(&ports, &owner(), id(), Some("Lakes".into()), Some(1)).await;
    assert_eq!(same.unwrap().version, 1);
    let unnamed = rename(&ports, &owner(), id(), None, None).await;
    assert_eq!(unnamed.unwrap().version, 1);
    let other = PropertyId::new(Uuid::from_u128(9));
    let removed = remove_property(&ports, &owner(), id(), other, None).await;
    assert_eq!(removed.unwrap().version, 1);
    let unshared = stop_sharing(&ports, &owner(), id(), None).await;
    assert_eq!(unshared.unwrap().version, 1);
    let stale = rename(&ports, &owner(), id(), Some("Seas".into()), Some(7)).await;
    assert_eq!(stale, Err(ChangeError::Outdated));
}

#[tokio::test]
async fn a_shared_list_shows_neither_id_nor_owner_and_keeps_its_token() {
    let mut test = with_list(stored());
    test.wishlists
        .expect_commit()
        .once()
        .return_once(|_| Ok(()));
    let shared = share(&test.ports(), &owner(), id(), None).await.unwrap();
    assert_eq!(shared.share_token.as_deref(), Some("secret 1"));

    let list = stored()
        .share("first".into(), now())
        .unwrap()
        .into_wishlist();
    let ports = with_list(list.clone()).ports();
    let again = share(&ports, &owner(), id(), None).await.unwrap();
    assert_eq!(again.share_token.as_deref(), Some("first"));

    let mut test = TestPorts::new();
    test.wishlists
        .expect_shared_by()
        .withf(|token| token == "first")
        .return_once(move |_| Ok(Some(list)));
    let seen = get_shared(&test.ports(), "first").await.unwrap();
    assert_eq!((seen.name.as_str(), seen.items.len()), ("Lakes", 0));
    // Tokens that none can have are not looked up.
    let ports = TestPorts::new().ports();
    for token in ["", "a".repeat(65).as_str()] {
        let found = get_shared(&ports, token).await;
        assert_eq!(found, Err(FindError::NotFound));
    }
}

#[tokio::test]
async fn the_lists_of_an_account_are_limited() {
    let mut test = TestPorts::new();
    test.wishlists
        .expect_commit()
        .return_once(|_| Err(CommitError::Stale));
    let refused = create(&test.ports(), &owner(), "Lakes".into()).await;
    assert_eq!(refused, Err(CreateError::TooMany));
}

#[test]
fn pages_of_items_follow_each_other_while_others_are_removed() {
    let property = |number| PropertyId::new(Uuid::from_u128(number));
    let full = (1..=5).fold(stored(), |list, number| {
        let change = list.save(property(number), None, now()).unwrap();
        change.into_wishlist()
    });
    let items = |list: Wishlist| list.into_record().items;
    let first = page_of(items(full.clone()), &page(2));
    let ids = |found: &Page<WishlistItem>| -> Vec<_> {
        found.data.iter().map(|it| it.property_id).collect()
    };
    // Saved at the same time: ordered by their ids.
    assert_eq!(ids(&first), [property(5), property(4)]);
    let fewer = full.remove(property(4), now()).unwrap().into_wishlist();
    let next = PageRequest {
        limit: 3,
        after: first.next,
    };
    let last = page_of(items(fewer), &next);
    assert_eq!(ids(&last), [property(3), property(2), property(1)]);
    assert_eq!(last.next, None);
}
