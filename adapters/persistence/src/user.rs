//! Accounts.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use sojourn_domain::shared::{CommitError, Currency, Email, Notice, StoreError, UserId};
use sojourn_domain::user::{
    EndedSessions, Profile, Role, User, UserChange, UserRecord, UserRepository,
};

use crate::audit::append_any;
use crate::connection::AnyConnection;
use crate::database::Database;
use crate::errors::TxError;
use crate::idempotency::forget_answers;
use crate::instant::{read, stored};
use crate::job::insert_notices;
use crate::schema::accounts::{one_time_tokens, second_factors, sessions, users};
use crate::uuid_column::UuidColumn;

/// An account as its table has it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = users, treat_none_as_default_value = false)]
pub(crate) struct UserRow {
    id: UuidColumn,
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
    version: i64,
}

/// The columns that a change of the account may change. Ratings are not among them: reviews add to those.
#[derive(AsChangeset)]
#[diesel(table_name = users, treat_none_as_null = true)]
struct UserEdit {
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
    updated_at: NaiveDateTime,
    version: i64,
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
            updated_at: row.updated_at,
            version: row.version,
        }
    }
}

/// The word for a role.
pub(crate) const fn role_word(role: Role) -> &'static str {
    match role {
        Role::Member => "member",
        Role::Admin => "admin",
    }
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
            suspended_at: user.suspended_at.map(stored),
            erased_at: user.erased_at.map(stored),
            rating_sum: user.rating_sum,
            rating_count: user.rating_count,
            created_at: stored(user.created_at),
            updated_at: stored(user.updated_at),
            version: user.version,
        }
    }
}

impl TryFrom<UserRow> for User {
    type Error = StoreError;

    fn try_from(row: UserRow) -> Result<Self, StoreError> {
        let unreadable = |column: &str| {
            StoreError::Corrupt(format!("user {} has an unreadable {column}", row.id.0))
        };
        let currency = row
            .currency
            .as_deref()
            .map(Currency::parse)
            .transpose()
            .map_err(|_| unreadable("currency"))?;
        let role = match row.role.as_str() {
            "member" => Role::Member,
            "admin" => Role::Admin,
            _ => return Err(unreadable("role")),
        };
        Ok(Self::restore(UserRecord {
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
            suspended_at: row.suspended_at.map(read),
            erased_at: row.erased_at.map(read),
            rating_sum: row.rating_sum,
            rating_count: row.rating_count,
            created_at: read(row.created_at),
            updated_at: read(row.updated_at),
            version: row.version,
        }))
    }
}

/// Stores a change of an account within a transaction.
fn store(connection: &mut AnyConnection, change: &UserChange) -> Result<(), TxError> {
    let row = UserRow::from(&change.user);
    let (id, version) = (row.id, row.version);
    if version == 1 {
        diesel::insert_into(users::table)
            .values(row)
            .execute(connection)?;
    } else {
        let before = users::table
            .filter(users::id.eq(id))
            .filter(users::version.eq(version - 1));
        if diesel::update(before)
            .set(UserEdit::from(row))
            .execute(connection)?
            == 0
        {
            return Err(CommitError::Stale.into());
        }
    }
    end_sessions(connection, id, change.ends_sessions)?;
    if change.user.erased_at.is_some() {
        forget_keys(connection, id)?;
    }
    insert_notices(connection, &change.notices, change.user.updated_at)?;
    append_any(connection, change.audit.as_ref())
}

fn end_sessions(
    connection: &mut AnyConnection,
    id: UuidColumn,
    ended: EndedSessions,
) -> Result<(), TxError> {
    let own = sessions::table.filter(sessions::user_id.eq(id));
    if ended != EndedSessions::None {
        diesel::delete(one_time_tokens::table.filter(one_time_tokens::user_id.eq(id)))
            .execute(connection)?;
    }
    match ended {
        EndedSessions::None => 0,
        EndedSessions::All => diesel::delete(own).execute(connection)?,
        EndedSessions::Others(kept) => {
            diesel::delete(own.filter(sessions::id.ne(UuidColumn::from(kept))))
                .execute(connection)?
        }
    };
    Ok(())
}

/// Everything by which somebody could still get in to an account that is erased, and the answers that show it.
fn forget_keys(connection: &mut AnyConnection, id: UuidColumn) -> Result<(), TxError> {
    end_sessions(connection, id, EndedSessions::All)?;
    diesel::delete(second_factors::table.find(id)).execute(connection)?;
    forget_answers(connection, id)?;
    Ok(())
}

#[async_trait]
impl UserRepository for Database {
    async fn get(&self, id: UserId) -> Result<Option<User>, StoreError> {
        let row = self.read(move |connection| {
            let found = users::table
                .find(UuidColumn::from(id))
                .select(UserRow::as_select());
            Ok(found.first(connection).optional()?)
        });
        row.await?.map(User::try_from).transpose()
    }

    async fn get_many(&self, ids: &[UserId]) -> Result<Vec<User>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<UuidColumn> = ids.iter().copied().map(UuidColumn::from).collect();
        let rows = self.read(move |connection| {
            Ok(users::table
                .filter(users::id.eq_any(&ids))
                .select(UserRow::as_select())
                .load(connection)?)
        });
        rows.await?.into_iter().map(User::try_from).collect()
    }

    async fn by_email(&self, email: &Email) -> Result<Option<User>, StoreError> {
        let key = email.key();
        let row = self.read(move |connection| {
            let found = users::table
                .filter(users::email_key.eq(&key))
                .select(UserRow::as_select());
            Ok(found.first(connection).optional()?)
        });
        row.await?.map(User::try_from).transpose()
    }

    async fn commit(&self, change: UserChange) -> Result<(), CommitError> {
        self.write(move |connection| store(connection, &change))
            .await
    }

    async fn tell(&self, notices: Vec<Notice>, now: DateTime<Utc>) -> Result<(), StoreError> {
        if notices.is_empty() {
            return Ok(());
        }
        self.write(move |connection| insert_notices(connection, &notices, now))
            .await
    }
}
