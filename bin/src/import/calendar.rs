//! A row of the calendar: a night that is taken, or has a price or limits of its own.

use chrono::NaiveDate;
use sojourn_domain::property::{ClaimKind, NightClaim, NightRules};
use sojourn_domain::shared::Currency;

use super::listing::{Listing, limits, midnight};
use super::report::FileReport;
use super::source::Row;
use super::trade;

/// What a row says of a night.
pub(super) struct Night {
    pub date: NaiveDate,
    pub claim: Option<NightClaim>,
    pub rules: NightRules,
}

/// Reads a night of a listing, or tells why the row is refused.
pub(super) fn read(
    row: &Row<'_>,
    listing: &Listing,
    currency: Currency,
    report: &mut FileReport,
) -> Result<Night, &'static str> {
    let date = midnight(row.get("date"))
        .ok_or("the date is missing or none")?
        .date_naive();
    let taken = match row.get("available") {
        "f" | "false" => true,
        "t" | "true" => false,
        _ => return Err("whether the night is available is neither t nor f"),
    };
    let shown = row.get("price");
    let price = trade::money(shown, currency);
    if price.is_none() && !shown.is_empty() {
        return Err("the price is no amount");
    }
    let price = price.filter(|&price| price.amount() > 0 && Some(price) != listing.nightly);
    let usual = (listing.min_nights, listing.max_nights);
    let given = (row.number("minimum_nights"), row.number("maximum_nights"));
    let (min, max, changed) = limits(given.0, given.1, usual);
    if changed {
        report.adjust(
            "limits of nights outside 1 to 731: the nearest within",
            row.line,
        );
    }
    let rules = NightRules {
        price,
        min_nights: (min != usual.0).then_some(min),
        max_nights: (max != usual.1).then_some(max),
        ..NightRules::default()
    };
    if !rules.violations().is_empty() {
        return Err("the price or the limits break a rule of the marketplace");
    }
    let claim = taken.then_some(NightClaim {
        night: date,
        kind: ClaimKind::Imported,
        booking_id: None,
    });
    Ok(Night { date, claim, rules })
}
