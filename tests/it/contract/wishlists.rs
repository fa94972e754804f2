//! Wish lists, and their limits under concurrency.

use super::on_every_database;

on_every_database!(
    a_list_is_stored_with_its_properties,
    concurrent_lists_keep_within_the_limit_of_the_account,
    lists_end_with_the_account_and_items_with_the_property
);

mod checks {
    use sojourn_domain::property::{Property, PropertyDeletion, PropertyRepository};
    use sojourn_domain::shared::{CommitError, PageRequest, PropertyId, UserId, WishlistId};
    use sojourn_domain::user::{EndedSessions, User, UserChange, UserRepository};
    use sojourn_domain::wishlist::{Wishlist, WishlistRepository};
    use sojourn_persistence::Database;
    use sojourn_tests::{insert_cabin, insert_user, new_id, now};

    fn page(limit: u32) -> PageRequest {
        PageRequest { limit, after: None }
    }

    async fn insert_list(database: &Database, owner: UserId, name: &str) -> Wishlist {
        let id = WishlistId::new(new_id());
        let change = Wishlist::create(id, owner, name.into(), now()).unwrap();
        let list = change.wishlist().clone();
        WishlistRepository::commit(database, change).await.unwrap();
        list
    }

    async fn save(database: &Database, list: &Wishlist, property: &Property) -> Wishlist {
        let note = Some(format!("Note on {}", property.id));
        let change = list.save(property.id, note, now()).unwrap();
        let changed = change.wishlist().clone();
        WishlistRepository::commit(database, change).await.unwrap();
        changed
    }

    async fn stored(database: &Database, id: WishlistId) -> Option<Wishlist> {
        WishlistRepository::get(database, id).await.unwrap()
    }

    pub async fn a_list_is_stored_with_its_properties(database: Database) {
        let (owner, other) = (
            insert_user(&database, "owner").await,
            insert_user(&database, "other").await,
        );
        let cabin = insert_cabin(&database, &other).await;
        let cottage = insert_cabin(&database, &other).await;
        let empty = insert_list(&database, owner.id, "Côté mer – 家").await;
        insert_list(&database, other.id, "Of another account").await;
        let one = save(&database, &empty, &cabin).await;
        assert_eq!(stored(&database, empty.id).await, Some(one.clone()));

        // A change of an earlier version is refused and changes nothing.
        let late = empty.rename("Late".into(), now()).unwrap();
        let refused = WishlistRepository::commit(&database, late).await;
        assert_eq!(refused, Err(CommitError::Stale));
        let renoted = one.save(cabin.id, None, now()).unwrap();
        let renoted_list = renoted.wishlist().clone();
        WishlistRepository::commit(&database, renoted)
            .await
            .unwrap();
        assert_eq!(stored(&database, one.id).await, Some(renoted_list.clone()));

        let shared = renoted_list.share("a token".into(), now()).unwrap();
        let shared_list = shared.wishlist().clone();
        WishlistRepository::commit(&database, shared).await.unwrap();
        let by_token = database.shared_by("a token").await.unwrap();
        assert_eq!(by_token, Some(shared_list.clone()));
        assert_eq!(database.shared_by("A TOKEN").await, Ok(None));

        let second = insert_list(&database, owner.id, "Second").await;
        save(&database, &second, &cottage).await;
        let ids = async |holding: Option<PropertyId>| -> Vec<WishlistId> {
            let found = database.of_user(owner.id, holding, page(10)).await.unwrap();
            found.data.iter().map(|list| list.id).collect()
        };
        assert_eq!(ids(None).await, [second.id, empty.id]);
        assert_eq!(ids(Some(cabin.id)).await, [empty.id]);
        let first = database.of_user(owner.id, None, page(1)).await.unwrap();
        assert_eq!((first.data.len(), first.next.is_some()), (1, true));
        let next = PageRequest {
            limit: 1,
            after: first.next,
        };
        let last = database.of_user(owner.id, None, next).await.unwrap();
        assert_eq!(last.data.as_slice(), std::slice::from_ref(&shared_list));
        assert_eq!(last.next, None);

        let removed = shared_list.remove(cabin.id, now()).unwrap();
        let removed_list = removed.wishlist().clone();
        WishlistRepository::commit(&database, removed)
            .await
            .unwrap();
        assert_eq!(
            stored(&database, empty.id).await,
            Some(removed_list.clone())
        );
        let stale = WishlistRepository::delete(&database, empty.id, 1).await;
        assert_eq!(stale, Err(CommitError::Stale));
        WishlistRepository::delete(&database, empty.id, removed_list.version)
            .await
            .unwrap();
        assert_eq!(stored(&database, empty.id).await, None);
    }

    pub async fn concurrent_lists_keep_within_the_limit_of_the_account(database: Database) {
        let owner = insert_user(&database, "owner").await;
        for number in 1..Wishlist::MAX_LISTS - 1 {
            insert_list(&database, owner.id, &format!("List {number}")).await;
        }
        let writers = (0..6).map(|number| {
            let (database, owner) = (database.clone(), owner.id);
            tokio::spawn(async move {
                let id = WishlistId::new(new_id());
                let change = Wishlist::create(id, owner, format!("More {number}"), now()).unwrap();
                WishlistRepository::commit(&database, change).await
            })
        });
        let mut made = 0;
        for writer in writers.collect::<Vec<_>>() {
            match writer.await.unwrap() {
                Ok(()) => made += 1,
                Err(error) => assert_eq!(error, CommitError::Stale),
            }
        }
        assert_eq!(made, 2);
    }

    pub async fn lists_end_with_the_account_and_items_with_the_property(database: Database) {
        let (owner, host) = (
            insert_user(&database, "owner").await,
            insert_user(&database, "host").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let list = insert_list(&database, owner.id, "Lakes").await;
        let list = save(&database, &list, &cabin).await;
        let deletion = PropertyDeletion {
            id: cabin.id,
            version: cabin.version,
            at: now(),
            audit: None,
        };
        PropertyRepository::delete(&database, deletion)
            .await
            .unwrap();
        let without = stored(&database, list.id).await.unwrap();
        assert_eq!((without.items.len(), without.version), (0, list.version));
        // It was deleted concurrently.
        let late = without.save(cabin.id, None, now()).unwrap();
        let refused = WishlistRepository::commit(&database, late).await;
        assert_eq!(refused, Err(CommitError::Stale));

        let owner: User = UserRepository::get(&database, owner.id)
            .await
            .unwrap()
            .unwrap();
        let erased = UserChange::of(owner.erase(now()).unwrap());
        let erased = erased.ending_sessions(EndedSessions::All);
        UserRepository::commit(&database, erased).await.unwrap();
        assert_eq!(stored(&database, list.id).await, None);
    }
}
