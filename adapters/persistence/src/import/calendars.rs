//! The import of calendars.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use sojourn_application::ports::ImportCounts;
use sojourn_domain::property::{
    Calendar, ClaimKind, ImportedClaim, ImportedNight, NightClaim, NightRules, PropertyDetails,
};
use sojourn_domain::shared::{PropertyId, RepositoryError};

use super::existing::{MAX_ROWS, total};
use crate::calendar::queries::load_calendars;
use crate::calendar::row::{ClaimRow, RulesRow};
use crate::columns::json::from_json;
use crate::columns::uuid::UuidColumn;
use crate::dialect::macros::{insert_new_rows, insert_rows};
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::marketplace::{booked_nights, calendar_rules, properties};

/// Changes of the calendars that a batch makes.
#[derive(Default)]
struct Changes {
    claimed: Vec<ClaimRow>,
    freed: BTreeMap<UuidColumn, Vec<NaiveDate>>,
    new_rules: Vec<RulesRow>,
    replaced_rules: BTreeMap<UuidColumn, Vec<NaiveDate>>,
    counts: ImportCounts,
}

/// Stores what the nights change, and returns the numbers of changes and of nights left as they
/// were.
pub(super) fn load_nights(
    conn: &mut AnyConnection,
    all: &[ImportedNight],
) -> Result<ImportCounts, TxError> {
    // The last of several rows for one night counts.
    let nights: BTreeMap<(UuidColumn, NaiveDate), &ImportedNight> = all
        .iter()
        .map(|night| ((night.property_id.into(), night.night), night))
        .collect();
    let mut changes = Changes::default();
    let first = nights.keys().map(|(_, night)| *night).min();
    let last = nights.keys().map(|(_, night)| *night).max();
    let Some((first, end)) = first.zip(last.and_then(|last| last.succ_opt())) else {
        return Ok(changes.counts);
    };
    let mut ids: Vec<UuidColumn> = nights.keys().map(|(id, _)| *id).collect();
    ids.dedup();
    for ids in ids.chunks(MAX_ROWS) {
        let calendars = load_calendars(conn, ids, first, end)?;
        let details = load_details(conn, ids)?;
        for &id in ids {
            let (Some(details), Some(calendar)) = (details.get(&id), calendars.get(&id)) else {
                continue;
            };
            for night in nights
                .range((id, first)..=(id, end))
                .map(|(_, night)| *night)
            {
                changes.add(night, calendar, details)?;
            }
        }
    }
    changes.store(conn)
}

fn load_details(
    conn: &mut AnyConnection,
    ids: &[UuidColumn],
) -> Result<HashMap<UuidColumn, PropertyDetails>, TxError> {
    let rows: Vec<(UuidColumn, String)> = properties::table
        .filter(properties::id.eq_any(ids))
        .select((properties::id, properties::details))
        .load(conn)?;
    let rows = rows
        .into_iter()
        .map(|(id, details)| Ok((id, from_json(&details)?)));
    Ok(rows.collect::<Result<_, RepositoryError>>()?)
}

impl Changes {
    fn add(
        &mut self,
        night: &ImportedNight,
        calendar: &Calendar,
        details: &PropertyDetails,
    ) -> Result<(), RepositoryError> {
        let id = night.property_id;
        match night.decide(calendar.claim(night.night)?) {
            ImportedClaim::Unchanged => {}
            ImportedClaim::Add => self.claim(id, night.night),
            ImportedClaim::Remove => {
                self.counts.freed_nights += 1;
                self.freed.entry(id.into()).or_default().push(night.night);
            }
            ImportedClaim::Sold => {
                self.counts.sold_nights += 1;
                return Ok(());
            }
            ImportedClaim::BlockedByHost => {
                self.counts.blocked_nights += 1;
                return Ok(());
            }
        }
        if night.has_foreign_price(details) {
            self.counts.foreign_prices += 1;
        }
        let before = calendar.rules(night.night)?;
        let none = NightRules::default();
        let after = night.merge_rules(before.unwrap_or(&none), details);
        if &after == before.unwrap_or(&none) {
            return Ok(());
        }
        self.counts.rules += 1;
        if before.is_some() {
            let replaced = self.replaced_rules.entry(id.into()).or_default();
            replaced.push(night.night);
        }
        if !after.is_empty() {
            let row = RulesRow::from_rules(id, night.night, &after);
            self.new_rules.push(row);
        }
        Ok(())
    }

    fn claim(&mut self, id: PropertyId, night: NaiveDate) {
        let claim = NightClaim {
            night,
            kind: ClaimKind::Imported,
            booking_id: None,
        };
        self.claimed.push(ClaimRow::from_claim(id, &claim));
    }

    /// Stores the changes. A night that is sold at the same time stays sold.
    fn store(mut self, conn: &mut AnyConnection) -> Result<ImportCounts, TxError> {
        for (id, nights) in &self.freed {
            for nights in nights.chunks(MAX_ROWS) {
                let claims = booked_nights::table
                    .filter(booked_nights::property_id.eq(*id))
                    .filter(booked_nights::kind.eq(ClaimKind::Imported.as_str()))
                    .filter(booked_nights::night.eq_any(nights));
                diesel::delete(claims).execute(conn)?;
            }
        }
        self.claimed.sort_by_key(ClaimRow::key);
        for rows in self.claimed.chunks(10 * MAX_ROWS) {
            self.counts.claims += total(insert_new_rows!(conn, booked_nights::table, rows)?);
        }
        for (id, nights) in &self.replaced_rules {
            for nights in nights.chunks(MAX_ROWS) {
                let rules = calendar_rules::table
                    .filter(calendar_rules::property_id.eq(*id))
                    .filter(calendar_rules::night.eq_any(nights));
                diesel::delete(rules).execute(conn)?;
            }
        }
        for rows in self.new_rules.chunks(MAX_ROWS) {
            insert_rows!(conn, calendar_rules::table, rows)?;
        }
        Ok(self.counts)
    }
}
