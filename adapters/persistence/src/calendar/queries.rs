//! Queries of calendars.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use sojourn_domain::property::{Calendar, CalendarError, NightClaim, NightRules};
use sojourn_domain::shared::RepositoryError;

use super::row::{ClaimRow, RulesRow};
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::marketplace::{booked_nights, calendar_rules};

/// Rules and claims of one property.
type CalendarRange = (Vec<(NaiveDate, NightRules)>, Vec<NightClaim>);

/// The calendar of each of these properties for `from ≤ date < to`, in two statements.
pub(crate) fn load_calendars(
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
    let mut found: HashMap<UuidColumn, CalendarRange> = ids
        .iter()
        .map(|&id| (id, CalendarRange::default()))
        .collect();
    for row in rules.select(RulesRow::as_select()).load::<RulesRow>(conn)? {
        let (rules, _) = found.entry(row.property_id).or_default();
        rules.push((row.night, row.into_rules()?));
    }
    for row in claims
        .select(ClaimRow::as_select())
        .load::<ClaimRow>(conn)?
    {
        let (_, claims) = found.entry(row.property_id).or_default();
        claims.push(row.into_claim()?);
    }
    let calendars = found.into_iter().map(|(id, (rules, claims))| {
        let calendar = Calendar::try_new(id.into(), (from, to), rules, claims);
        Ok((id, calendar?))
    });
    Ok(calendars
        .collect::<Result<_, CalendarError>>()
        .map_err(RepositoryError::from)?)
}
