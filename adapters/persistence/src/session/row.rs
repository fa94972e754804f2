//! Sessions as rows.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_application::ports::Session;
use sojourn_domain::shared::RepositoryError;

use crate::columns::uuid::UuidColumn;
use crate::columns::{address, timestamp};
use crate::schema::accounts::sessions;

/// A row of `sessions`.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions, treat_none_as_default_value = false)]
pub(crate) struct SessionRow {
    pub(crate) id: UuidColumn,
    pub(crate) user_id: UuidColumn,
    pub(crate) created_at: NaiveDateTime,
    pub(crate) last_used_at: NaiveDateTime,
    pub(crate) expires_at: NaiveDateTime,
    user_agent: Option<String>,
    address: Option<String>,
}

impl From<&Session> for SessionRow {
    fn from(session: &Session) -> Self {
        Self {
            id: session.id.into(),
            user_id: session.user_id.into(),
            created_at: timestamp::to_db(session.created_at),
            last_used_at: timestamp::to_db(session.last_used_at),
            expires_at: timestamp::to_db(session.expires_at),
            user_agent: session.user_agent.clone(),
            address: session.address.map(address::to_db),
        }
    }
}

impl TryFrom<SessionRow> for Session {
    type Error = RepositoryError;

    fn try_from(row: SessionRow) -> Result<Self, RepositoryError> {
        let address = row
            .address
            .map(|text| address::from_db(&text, "sessions.address"));
        Ok(Self {
            id: row.id.into(),
            user_id: row.user_id.into(),
            created_at: timestamp::from_db(row.created_at),
            last_used_at: timestamp::from_db(row.last_used_at),
            expires_at: timestamp::from_db(row.expires_at),
            user_agent: row.user_agent,
            address: address.transpose()?,
        })
    }
}
