//! Queries of accounts.

use async_trait::async_trait;
use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::Text;
use sojourn_application::ports::{Obligations, UserFilter, UserQueries};
use sojourn_domain::property::PropertyStatus;
use sojourn_domain::shared::{Page, PageRequest, RepositoryError, UserId};
use sojourn_domain::user::User;
use uuid::Uuid;

use super::obligations::find_obligations;
use super::row::{UserRow, role_word};
use crate::columns::search_form::search_form;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::query::like;
use crate::query::pagination::{convert_all, fetch_limit, into_page};
use crate::schema::accounts::users;
use crate::schema::marketplace::properties;

#[async_trait]
impl UserQueries for Database {
    async fn users(
        &self,
        filter: UserFilter,
        page: PageRequest,
    ) -> Result<Page<User>, RepositoryError> {
        self.read(move |conn| list_users(conn, &filter, &page))
            .await
    }

    async fn with_host_flag(&self, ids: Vec<UserId>) -> Result<Vec<(User, bool)>, RepositoryError> {
        self.read(move |conn| with_host_flag(conn, &ids)).await
    }

    async fn obligations(&self, user: UserId) -> Result<Obligations, RepositoryError> {
        self.read(move |conn| find_obligations(conn, user)).await
    }
}

/// The most words of a name that are looked for.
const MAX_WORDS: usize = 10;

/// A page of accounts, in one statement: by id, descending, which for accounts made by this server is by age.
pub(crate) fn list_users(
    conn: &mut AnyConnection,
    filter: &UserFilter,
    page: &PageRequest,
) -> Result<Page<User>, TxError> {
    let mut query = users::table.select(UserRow::as_select()).into_boxed();
    if let Some(prefix) = &filter.email_prefix {
        let pattern = like::starts_with(&prefix.to_lowercase());
        query = query.filter(users::email_key.like(pattern).escape(like::ESCAPE));
    }
    for word in search_form(filter.name.as_deref().unwrap_or_default())
        .split_whitespace()
        .take(MAX_WORDS)
    {
        query = query.filter(
            users::search_name
                .like(like::contains(word))
                .escape(like::ESCAPE),
        );
    }
    if let Some(role) = filter.role {
        query = query.filter(users::role.eq(role_word(role)));
    }
    if let Some(state) = filter.state {
        query = query.filter(sql::<Text>(conn.dialect().account_state()).eq(state.as_str()));
    }
    if let Some(id) = page
        .after
        .as_deref()
        .and_then(|id| Uuid::try_parse(id).ok())
    {
        query = query.filter(users::id.lt(UuidColumn(id)));
    }
    let rows: Vec<UserRow> = query
        .order(users::id.desc())
        .limit(fetch_limit(page))
        .load(conn)?;
    let position = |row: &UserRow| row.id.0.to_string();
    into_page(rows, page, position, |rows| {
        convert_all(rows, User::try_from)
    })
}

/// Those of the accounts that exist, each with whether it has a listed property, in one statement.
fn with_host_flag(conn: &mut AnyConnection, ids: &[UserId]) -> Result<Vec<(User, bool)>, TxError> {
    let ids: Vec<UuidColumn> = ids.iter().map(|&id| id.into()).collect();
    let listed = properties::table
        .filter(properties::host_id.eq(users::id))
        .filter(properties::status.eq(PropertyStatus::Listed.as_str()))
        .filter(properties::deleted_at.is_null())
        .select(properties::id);
    let rows: Vec<(UserRow, bool)> = users::table
        .filter(users::id.eq_any(ids))
        .select((UserRow::as_select(), exists(listed)))
        .load(conn)?;
    convert_all(rows, |(row, is_host)| Ok((User::try_from(row)?, is_host)))
}
