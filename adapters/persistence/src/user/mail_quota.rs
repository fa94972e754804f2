//! The mails of the last hour by address.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use sojourn_application::ports::{MAILS_PER_HOUR, MailQuota};
use sojourn_domain::shared::{Email, RepositoryError};

use crate::columns::count;
use crate::columns::hash::sha256;
use crate::columns::timestamp;
use crate::dialect::macros::insert_new_row;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::schema::accounts::address_mails;

/// A mail, in one of the slots of its address.
#[derive(Insertable)]
#[diesel(table_name = address_mails)]
struct MailRow {
    address_hash: String,
    slot: i32,
    at: chrono::NaiveDateTime,
}

#[async_trait]
impl MailQuota for Database {
    async fn admit(&self, email: &Email, now: DateTime<Utc>) -> Result<bool, RepositoryError> {
        let address = sha256(&email.key());
        self.write(move |conn| take_slot(conn, &address, now)).await
    }
}

/// Takes a free slot of an address. Of two that take the same at once, the primary key admits one, and the other
/// takes the next.
fn take_slot(conn: &mut AnyConnection, address: &str, now: DateTime<Utc>) -> Result<bool, TxError> {
    let hour_ago = timestamp::to_db(now - TimeDelta::hours(1));
    diesel::delete(address_mails::table.filter(address_mails::at.le(hour_ago))).execute(conn)?;
    let taken: Vec<i32> = address_mails::table
        .filter(address_mails::address_hash.eq(address))
        .select(address_mails::slot)
        .load(conn)?;
    let free = (0..count::to_db(MAILS_PER_HOUR)).filter(|slot| !taken.contains(slot));
    for slot in free {
        let row = MailRow {
            address_hash: address.to_owned(),
            slot,
            at: timestamp::to_db(now),
        };
        if insert_new_row!(conn, address_mails::table, &row)? == 1 {
            return Ok(true);
        }
    }
    Ok(false)
}
