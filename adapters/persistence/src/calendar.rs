//! The nights of properties: rules and claims.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use sojourn_domain::property::{Calendar, CalendarChange, ClaimKind, NightClaim, NightRules};
use sojourn_domain::shared::{BookingId, CommitError, Money, PropertyId, StoreError};

use crate::connection::AnyConnection;
use crate::database::Database;
use crate::dialect::each;
use crate::errors::TxError;
use crate::json_column::{column, count, known, money};
use crate::schema::marketplace::{booked_nights, calendar_rules};
use crate::uuid_column::UuidColumn;

/// How often a change is tried whose nights were taken by a claim that was gone when it was looked for.
const ATTEMPTS: u32 = 4;

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_rules, treat_none_as_default_value = false)]
pub(crate) struct RulesRow {
    property_id: UuidColumn,
    night: NaiveDate,
    price: Option<i64>,
    currency: Option<String>,
    min_nights: Option<i32>,
    max_nights: Option<i32>,
    closed_to_arrival: bool,
    closed_to_departure: bool,
    note: Option<String>,
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = booked_nights, treat_none_as_default_value = false)]
pub(crate) struct ClaimRow {
    property_id: UuidColumn,
    night: NaiveDate,
    kind: String,
    booking_id: Option<UuidColumn>,
}

impl RulesRow {
    /// The row of a date's rules.
    pub(crate) fn of(property_id: PropertyId, night: NaiveDate, rules: &NightRules) -> Self {
        Self {
            property_id: property_id.into(),
            night,
            price: rules.price.map(Money::amount),
            currency: rules.price.map(|price| price.currency().code().to_owned()),
            min_nights: rules.min_nights.map(column),
            max_nights: rules.max_nights.map(column),
            closed_to_arrival: rules.closed_to_arrival,
            closed_to_departure: rules.closed_to_departure,
            note: rules.note.clone(),
        }
    }

    fn rules(self) -> Result<NightRules, StoreError> {
        let price = self
            .price
            .zip(self.currency)
            .map(|(amount, currency)| money(amount, &currency));
        Ok(NightRules {
            price: price.transpose()?,
            min_nights: self.min_nights.map(count).transpose()?,
            max_nights: self.max_nights.map(count).transpose()?,
            closed_to_arrival: self.closed_to_arrival,
            closed_to_departure: self.closed_to_departure,
            note: self.note,
        })
    }
}

impl ClaimRow {
    /// The row of a claim.
    pub(crate) fn of(property_id: PropertyId, claim: &NightClaim) -> Self {
        Self {
            property_id: property_id.into(),
            night: claim.night,
            kind: claim.kind.as_str().to_owned(),
            booking_id: claim.booking_id.map(Into::into),
        }
    }

    /// What no two claims share.
    pub(crate) fn key(&self) -> (UuidColumn, NaiveDate) {
        (self.property_id, self.night)
    }

    /// The claim of a row.
    pub(crate) fn claim(self) -> Result<NightClaim, StoreError> {
        Ok(NightClaim {
            night: self.night,
            kind: known(ClaimKind::from_word(&self.kind), "booked_nights.kind")?,
            booking_id: self.booking_id.map(Into::into),
        })
    }
}

/// Rules and claims of one property.
type Stretch = (Vec<(NaiveDate, NightRules)>, Vec<NightClaim>);

/// The calendars of some properties for `from ≤ date < to`, in two statements.
pub(crate) fn load(
    conn: &mut AnyConnection,
    ids: &[UuidColumn],
    from: NaiveDate,
    to: NaiveDate,
) -> Result<HashMap<UuidColumn, Calendar>, TxError> {
    let rules = calendar_rules::table.filter(calendar_rules::property_id.eq_any(ids));
    let rules = rules
        .filter(calendar_rules::night.ge(from))
        .filter(calendar_rules::night.lt(to));
    let claims = booked_nights::table.filter(booked_nights::property_id.eq_any(ids));
    let claims = claims
        .filter(booked_nights::night.ge(from))
        .filter(booked_nights::night.lt(to));
    let mut found: HashMap<UuidColumn, Stretch> = HashMap::new();
    for row in rules.select(RulesRow::as_select()).load::<RulesRow>(conn)? {
        found
            .entry(row.property_id)
            .or_default()
            .0
            .push((row.night, row.rules()?));
    }
    for row in claims
        .select(ClaimRow::as_select())
        .load::<ClaimRow>(conn)?
    {
        found
            .entry(row.property_id)
            .or_default()
            .1
            .push(row.claim()?);
    }
    Ok(found
        .into_iter()
        .map(|(id, (rules, claims))| (id, Calendar::new(rules, claims)))
        .collect())
}

/// Claims nights, in ascending order so that two that race never wait for each other in a circle.
pub(crate) fn claim(
    conn: &mut AnyConnection,
    property_id: PropertyId,
    claims: &[NightClaim],
) -> Result<(), TxError> {
    insert(
        conn,
        claims
            .iter()
            .map(|claim| ClaimRow::of(property_id, claim))
            .collect(),
    )
}

/// Stores claims of one property or several, in ascending order.
pub(crate) fn insert(conn: &mut AnyConnection, mut rows: Vec<ClaimRow>) -> Result<(), TxError> {
    rows.sort_by_key(ClaimRow::key);
    for rows in rows.chunks(5000) {
        each!(conn, c => diesel::insert_into(booked_nights::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Whose claims do not stand in the way of who wants nights.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Harmless {
    /// Blocks, to a host who blocks.
    Blocks,
    /// Those of the booking itself.
    Own(BookingId),
}

impl Harmless {
    fn holds(self, row: &ClaimRow) -> bool {
        match self {
            Self::Blocks => row.kind == ClaimKind::Blocked.as_str(),
            Self::Own(id) => row.booking_id == Some(id.into()),
        }
    }
}

/// Which of these nights others hold, in ascending order.
pub(crate) fn taken(
    conn: &mut AnyConnection,
    property_id: PropertyId,
    nights: &[NaiveDate],
    harmless: Harmless,
) -> Result<Vec<NaiveDate>, TxError> {
    let (Some(first), Some(last)) = (nights.iter().min(), nights.iter().max()) else {
        return Ok(Vec::new());
    };
    let held: Vec<ClaimRow> = booked_nights::table
        .filter(booked_nights::property_id.eq(UuidColumn::from(property_id)))
        .filter(booked_nights::night.between(first, last))
        .order(booked_nights::night)
        .select(ClaimRow::as_select())
        .load(conn)?;
    let others = held
        .into_iter()
        .filter(|row| nights.contains(&row.night) && !harmless.holds(row));
    Ok(others.map(|row| row.night).collect())
}

/// Commits what claims nights. When they are taken it says which, by a statement after the rollback; a claim that
/// is gone by then is no reason to refuse, so the change is tried again.
pub(crate) async fn commit_claiming(
    database: &Database,
    property_id: PropertyId,
    nights: Vec<NaiveDate>,
    harmless: Harmless,
    mut work: impl FnMut(&mut AnyConnection) -> Result<(), TxError> + Send + 'static,
) -> Result<(), CommitError> {
    database
        .run(move |conn| {
            for _ in 0..ATTEMPTS {
                match crate::dialect::write_tx(conn, &mut work) {
                    Err(CommitError::NightsTaken(found)) if found.is_empty() => {}
                    done => return done,
                }
                let found = taken(conn, property_id, &nights, harmless)?;
                if !found.is_empty() {
                    return Err(CommitError::NightsTaken(found));
                }
            }
            Err(CommitError::NightsTaken(nights.clone()))
        })
        .await
}

/// Stores a host's change.
pub(crate) async fn commit(
    database: &Database,
    id: PropertyId,
    change: CalendarChange,
) -> Result<(), CommitError> {
    let nights = change.block.clone();
    commit_claiming(database, id, nights, Harmless::Blocks, move |conn| {
        store(conn, id, &change)
    })
    .await
}

fn store(conn: &mut AnyConnection, id: PropertyId, change: &CalendarChange) -> Result<(), TxError> {
    let property_id = UuidColumn::from(id);
    unblock(conn, property_id, change)?;
    let taken = taken(conn, id, &change.block, Harmless::Blocks)?;
    if !taken.is_empty() {
        return Err(CommitError::NightsTaken(taken).into());
    }
    block(conn, id, &change.block)?;
    let nights: Vec<NaiveDate> = change.rules.iter().map(|(night, _)| *night).collect();
    for nights in nights.chunks(500) {
        let old = calendar_rules::table.filter(calendar_rules::property_id.eq(property_id));
        diesel::delete(old.filter(calendar_rules::night.eq_any(nights))).execute(conn)?;
    }
    let rules = change.rules.iter().filter(|(_, rules)| !rules.is_empty());
    let rows: Vec<RulesRow> = rules
        .map(|(night, rules)| RulesRow::of(id, *night, rules))
        .collect();
    for rows in rows.chunks(500) {
        each!(conn, c => diesel::insert_into(calendar_rules::table).values(rows).execute(c))?;
    }
    Ok(())
}

fn unblock(
    conn: &mut AnyConnection,
    id: UuidColumn,
    change: &CalendarChange,
) -> Result<(), TxError> {
    for nights in change.unblock.chunks(500) {
        let blocks = booked_nights::table
            .filter(booked_nights::property_id.eq(id))
            .filter(booked_nights::kind.eq(ClaimKind::Blocked.as_str()))
            .filter(booked_nights::night.eq_any(nights));
        if change.lift {
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
    claim(conn, id, &claims)
}
