//! Changes of calendars.

use chrono::NaiveDate;
use diesel::prelude::*;
use sojourn_application::ports::{Outcome, OutcomeKind};
use sojourn_domain::property::{
    CalendarChange, CalendarCommitError, ClaimKind, NightClaim, NightRules,
};
use sojourn_domain::shared::PropertyId;

use super::claims::{IgnoredClaims, commit_with_claims, find_taken, insert_claims};
use super::row::RulesRow;
use crate::columns::uuid::UuidColumn;
use crate::dialect::macros::insert_rows;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::{Refusal, TxError};
use crate::schema::marketplace::{booked_nights, calendar_rules};

/// The most nights of a statement.
const MAX_NIGHTS: usize = 500;

/// Commits a change that a host made.
pub(crate) async fn commit_change(
    database: &Database,
    id: PropertyId,
    change: CalendarChange,
) -> Result<(), CalendarCommitError> {
    let nights = change.block.clone();
    let outcome = Outcome::new(OutcomeKind::Property, id.uuid());
    let ignored = IgnoredClaims::Blocks;
    commit_with_claims(database, id, nights, ignored, outcome, move |conn| {
        store(conn, id, &change)
    })
    .await
}

fn store(conn: &mut AnyConnection, id: PropertyId, change: &CalendarChange) -> Result<(), TxError> {
    unblock(conn, id.into(), change)?;
    let taken = find_taken(conn, id, &change.block, IgnoredClaims::Blocks)?;
    if !taken.is_empty() {
        return Err(Refusal::NightsTaken(taken).into());
    }
    block(conn, id, &change.block)?;
    replace_rules(conn, id, &change.rules)
}

fn replace_rules(
    conn: &mut AnyConnection,
    id: PropertyId,
    rules: &[(NaiveDate, NightRules)],
) -> Result<(), TxError> {
    let nights: Vec<NaiveDate> = rules.iter().map(|(night, _)| *night).collect();
    for nights in nights.chunks(MAX_NIGHTS) {
        let old = calendar_rules::table
            .filter(calendar_rules::property_id.eq(UuidColumn::from(id)))
            .filter(calendar_rules::night.eq_any(nights));
        diesel::delete(old).execute(conn)?;
    }
    let new: Vec<RulesRow> = rules
        .iter()
        .filter(|(_, rules)| !rules.is_empty())
        .map(|(night, rules)| RulesRow::from_rules(id, *night, rules))
        .collect();
    for rows in new.chunks(MAX_NIGHTS) {
        insert_rows!(conn, calendar_rules::table, rows)?;
    }
    Ok(())
}

fn unblock(
    conn: &mut AnyConnection,
    id: UuidColumn,
    change: &CalendarChange,
) -> Result<(), TxError> {
    for nights in change.unblock.chunks(MAX_NIGHTS) {
        let kinds = [ClaimKind::Blocked.as_str(), ClaimKind::Imported.as_str()];
        let blocks = booked_nights::table
            .filter(booked_nights::property_id.eq(id))
            .filter(booked_nights::kind.eq_any(kinds))
            .filter(booked_nights::night.eq_any(nights));
        if change.lift_cancellation_blocks {
            diesel::delete(blocks).execute(conn)?;
        } else {
            diesel::delete(blocks.filter(booked_nights::booking_id.is_null())).execute(conn)?;
        }
    }
    Ok(())
}

fn block(conn: &mut AnyConnection, id: PropertyId, nights: &[NaiveDate]) -> Result<(), TxError> {
    let (Some(first), Some(last)) = (nights.iter().min(), nights.iter().max()) else {
        return Ok(());
    };
    let already: Vec<NaiveDate> = booked_nights::table
        .filter(booked_nights::property_id.eq(UuidColumn::from(id)))
        .filter(booked_nights::night.between(first, last))
        .select(booked_nights::night)
        .load(conn)?;
    let new = nights
        .iter()
        .copied()
        .filter(|night| !already.contains(night));
    let claims: Vec<NightClaim> = new
        .map(|night| NightClaim {
            night,
            kind: ClaimKind::Blocked,
            booking_id: None,
        })
        .collect();
    insert_claims(conn, id, &claims)
}
