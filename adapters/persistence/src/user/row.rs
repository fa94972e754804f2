//! Accounts as rows.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::shared::{Currency, Email, RepositoryError};
use sojourn_domain::user::{Profile, Role, User, UserRecord};

use crate::columns::search_form::{SEARCH_VERSION, search_form};
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::{TxError, corrupt, damaged};
use crate::schema::accounts::users;

/// A row of `users`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = users, treat_none_as_default_value = false)]
pub(crate) struct UserRow {
    pub(crate) id: UuidColumn,
    email: String,
    email_key: String,
    email_verified: bool,
    password_hash: Option<String>,
    first_name: String,
    last_name: String,
    phone: Option<String>,
    locale: Option<String>,
    currency: Option<String>,
    role: String,
    suspended_at: Option<NaiveDateTime>,
    erased_at: Option<NaiveDateTime>,
    rating_sum: i64,
    rating_count: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    pub(crate) version: i64,
    search_name: String,
    search_version: i32,
}

/// The columns that a change of the account replaces. Ratings are not among them: reviews add to those.
#[derive(AsChangeset)]
#[diesel(table_name = users, treat_none_as_null = true)]
pub(crate) struct UserEdit {
    email: String,
    email_key: String,
    email_verified: bool,
    password_hash: Option<String>,
    first_name: String,
    last_name: String,
    phone: Option<String>,
    locale: Option<String>,
    currency: Option<String>,
    role: String,
    suspended_at: Option<NaiveDateTime>,
    erased_at: Option<NaiveDateTime>,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    version: i64,
    search_name: String,
    search_version: i32,
}

impl From<UserRow> for UserEdit {
    fn from(row: UserRow) -> Self {
        Self {
            email: row.email,
            email_key: row.email_key,
            email_verified: row.email_verified,
            password_hash: row.password_hash,
            first_name: row.first_name,
            last_name: row.last_name,
            phone: row.phone,
            locale: row.locale,
            currency: row.currency,
            role: row.role,
            suspended_at: row.suspended_at,
            erased_at: row.erased_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
            version: row.version,
            search_name: row.search_name,
            search_version: row.search_version,
        }
    }
}

/// The stored word of a role.
pub(crate) const fn role_word(role: Role) -> &'static str {
    match role {
        Role::Member => "member",
        Role::Admin => "admin",
    }
}

/// Both names in the form of the search.
fn search_name(first: &str, last: &str) -> String {
    search_form(&format!("{first} {last}"))
}

/// Writes the columns of the search of an account again.
pub(crate) fn refresh_user(conn: &mut AnyConnection, id: UuidColumn) -> Result<(), TxError> {
    let row: Option<UserRow> = users::table
        .find(id)
        .select(UserRow::as_select())
        .first(conn)
        .optional()?;
    let Some(row) = row else { return Ok(()) };
    let unchanged = users::table
        .filter(users::id.eq(id))
        .filter(users::version.eq(row.version));
    let columns = (
        users::search_name.eq(search_name(&row.first_name, &row.last_name)),
        users::search_version.eq(SEARCH_VERSION),
    );
    diesel::update(unchanged).set(columns).execute(conn)?;
    Ok(())
}

impl From<&User> for UserRow {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.into(),
            email: user.email.as_str().to_owned(),
            email_key: user.email.key(),
            email_verified: user.email_verified,
            password_hash: user.password_hash.clone(),
            first_name: user.profile.first_name.clone(),
            last_name: user.profile.last_name.clone(),
            phone: user.profile.phone.clone(),
            locale: user.profile.locale.clone(),
            currency: user
                .profile
                .currency
                .map(|currency| currency.code().to_owned()),
            role: role_word(user.role).to_owned(),
            suspended_at: user.suspended_at.map(timestamp::to_db),
            erased_at: user.erased_at.map(timestamp::to_db),
            rating_sum: user.rating_sum,
            rating_count: user.rating_count,
            created_at: timestamp::to_db(user.created_at),
            updated_at: timestamp::to_db(user.updated_at),
            version: user.version,
            search_name: search_name(&user.profile.first_name, &user.profile.last_name),
            search_version: SEARCH_VERSION,
        }
    }
}

impl TryFrom<UserRow> for User {
    type Error = RepositoryError;

    fn try_from(row: UserRow) -> Result<Self, RepositoryError> {
        let id = row.id;
        let unreadable =
            |column: &str| damaged("users", id.0, corrupt(format!("{column} cannot be read")));
        let currency = row
            .currency
            .as_deref()
            .map(Currency::restore)
            .transpose()
            .map_err(|_| unreadable("currency"))?;
        let role = match row.role.as_str() {
            "member" => Role::Member,
            "admin" => Role::Admin,
            _ => return Err(unreadable("role")),
        };
        Self::restore(UserRecord {
            id: row.id.into(),
            email: Email::parse(&row.email).map_err(|_| unreadable("email"))?,
            email_verified: row.email_verified,
            password_hash: row.password_hash,
            profile: Profile {
                first_name: row.first_name,
                last_name: row.last_name,
                phone: row.phone,
                locale: row.locale,
                currency,
            },
            role,
            suspended_at: row.suspended_at.map(timestamp::from_db),
            erased_at: row.erased_at.map(timestamp::from_db),
            rating_sum: row.rating_sum,
            rating_count: row.rating_count,
            created_at: timestamp::from_db(row.created_at),
            updated_at: timestamp::from_db(row.updated_at),
            version: row.version,
        })
        .map_err(|error| damaged("users", id.0, corrupt(error)))
    }
}
