//! The repository of wish lists.

use std::collections::HashMap;

use async_trait::async_trait;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use sojourn_application::ports::{Outcome, OutcomeKind};
use sojourn_domain::shared::{
    CommitError, Page, PageRequest, PropertyId, RepositoryError, UserId, WishlistId,
};
use sojourn_domain::wishlist::{Wishlist, WishlistChange, WishlistItemChange, WishlistRepository};

use super::row::{ItemRow, WishlistRow};
use crate::columns::uuid::UuidColumn;
use crate::dialect::macros::insert_rows;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::{Refusal, TxError};
use crate::operator::rights::require_active;
use crate::query::pagination::{fetch_limit, format_position, into_page, parse_position};
use crate::query::row_lock::lock_account_exclusively;
use crate::schema::accounts::{wishlist_items, wishlists};

#[async_trait]
impl WishlistRepository for Database {
    async fn get(&self, id: WishlistId) -> Result<Option<Wishlist>, RepositoryError> {
        self.read(move |conn| {
            let query = wishlists::table.find(UuidColumn::from(id));
            let row = query.select(WishlistRow::as_select()).first(conn);
            load_one(conn, row.optional()?)
        })
        .await
    }

    async fn shared_by(&self, token: &str) -> Result<Option<Wishlist>, RepositoryError> {
        let token = token.to_owned();
        self.read(move |conn| {
            let query = wishlists::table.filter(wishlists::share_token.eq(&token));
            let row = query.select(WishlistRow::as_select()).first(conn);
            load_one(conn, row.optional()?)
        })
        .await
    }

    async fn of_user(
        &self,
        user_id: UserId,
        holding: Option<PropertyId>,
        page: PageRequest,
    ) -> Result<Page<Wishlist>, RepositoryError> {
        self.read(move |conn| list(conn, user_id, holding, &page))
            .await
    }

    async fn commit(&self, change: WishlistChange) -> Result<(), CommitError> {
        let outcome = Outcome::new(OutcomeKind::Wishlist, change.wishlist().id.uuid());
        self.commit_outcome(outcome, move |conn| store(conn, &change))
            .await
    }

    async fn delete(&self, id: WishlistId, version: i64) -> Result<(), CommitError> {
        let outcome = Outcome::new(OutcomeKind::Wishlist, id.uuid());
        self.commit_outcome(outcome, move |conn| {
            let this = wishlists::table
                .find(UuidColumn::from(id))
                .filter(wishlists::version.eq(version));
            match diesel::delete(this).execute(conn)? {
                0 => Err(Refusal::Stale.into()),
                _ => Ok(()),
            }
        })
        .await
    }
}

fn load_one(
    conn: &mut AnyConnection,
    row: Option<WishlistRow>,
) -> Result<Option<Wishlist>, TxError> {
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(with_items(conn, vec![row])?.pop())
}

fn list(
    conn: &mut AnyConnection,
    user_id: UserId,
    holding: Option<PropertyId>,
    page: &PageRequest,
) -> Result<Page<Wishlist>, TxError> {
    let mut query = wishlists::table
        .filter(wishlists::user_id.eq(UuidColumn::from(user_id)))
        .select(WishlistRow::as_select())
        .into_boxed();
    if let Some(property) = holding {
        let items = wishlist_items::table
            .filter(wishlist_items::property_id.eq(UuidColumn::from(property)))
            .select(wishlist_items::wishlist_id);
        query = query.filter(wishlists::id.eq_any(items));
    }
    if let Some((at, id)) = page.after.as_deref().and_then(parse_position) {
        let same = wishlists::created_at.eq(at).and(wishlists::id.lt(id));
        query = query.filter(wishlists::created_at.lt(at).or(same));
    }
    let rows: Vec<WishlistRow> = query
        .order((wishlists::created_at.desc(), wishlists::id.desc()))
        .limit(fetch_limit(page))
        .load(conn)?;
    let position = |row: &WishlistRow| format_position(row.created_at, row.id);
    into_page(rows, page, position, |rows| with_items(conn, rows))
}

/// The lists of rows with their items, which are loaded in one statement.
fn with_items(conn: &mut AnyConnection, rows: Vec<WishlistRow>) -> Result<Vec<Wishlist>, TxError> {
    let ids: Vec<UuidColumn> = rows.iter().map(|row| row.id).collect();
    let items: Vec<ItemRow> = wishlist_items::table
        .filter(wishlist_items::wishlist_id.eq_any(ids))
        .order((
            wishlist_items::added_at.desc(),
            wishlist_items::property_id.desc(),
        ))
        .select(ItemRow::as_select())
        .load(conn)?;
    let mut items_of: HashMap<UuidColumn, Vec<ItemRow>> = HashMap::new();
    for item in items {
        items_of.entry(item.wishlist_id).or_default().push(item);
    }
    let mut lists = Vec::with_capacity(rows.len());
    for row in rows {
        let items = items_of.remove(&row.id).unwrap_or_default();
        lists.push(row.into_wishlist(items)?);
    }
    Ok(lists)
}

fn store(conn: &mut AnyConnection, change: &WishlistChange) -> Result<(), TxError> {
    let list = change.wishlist();
    let row = WishlistRow::from(list);
    if list.version == 1 {
        require_room(conn, list.user_id)?;
        diesel::insert_into(wishlists::table)
            .values(&row)
            .execute(conn)?;
    } else {
        let before = wishlists::table
            .find(row.id)
            .filter(wishlists::version.eq(list.version - 1));
        if diesel::update(before).set(&row).execute(conn)? == 0 {
            return Err(Refusal::Stale.into());
        }
    }
    match change.item() {
        Some(WishlistItemChange::Saved(item)) => {
            delete_item(conn, row.id, item.property_id)?;
            insert_item(conn, &ItemRow::new(row.id, item))
        }
        Some(WishlistItemChange::Removed(property)) => delete_item(conn, row.id, *property),
        None => Ok(()),
    }
}

/// Refuses a new list of an account that is closed, or that has as many as one may have.
fn require_room(conn: &mut AnyConnection, user_id: UserId) -> Result<(), TxError> {
    let owner = UuidColumn::from(user_id);
    lock_account_exclusively(conn, owner)?;
    require_active(conn, owner)?;
    let count: i64 = wishlists::table
        .filter(wishlists::user_id.eq(owner))
        .count()
        .get_result(conn)?;
    if count.unsigned_abs() < Wishlist::MAX_LISTS {
        Ok(())
    } else {
        Err(Refusal::Stale.into())
    }
}

fn insert_item(conn: &mut AnyConnection, row: &ItemRow) -> Result<(), TxError> {
    match insert_rows!(conn, wishlist_items::table, row) {
        Ok(_) => Ok(()),
        // The property was deleted concurrently.
        Err(Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => {
            Err(Refusal::Stale.into())
        }
        Err(error) => Err(error.into()),
    }
}

fn delete_item(
    conn: &mut AnyConnection,
    list: UuidColumn,
    property: PropertyId,
) -> Result<(), TxError> {
    diesel::delete(wishlist_items::table.find((list, UuidColumn::from(property)))).execute(conn)?;
    Ok(())
}

/// Deletes the lists of an account.
pub(crate) fn delete_wishlists(conn: &mut AnyConnection, owner: UuidColumn) -> QueryResult<usize> {
    diesel::delete(wishlists::table.filter(wishlists::user_id.eq(owner))).execute(conn)
}
