//! Calendar rows: a night that is unavailable, or has its own price or stay limits.

use chrono::NaiveDate;
use sojourn_domain::property::{ClaimKind, NightClaim, NightRules};
use sojourn_domain::shared::Currency;

use super::csv_file::Row;
use super::listing::{Listing, clamp_nights, parse_date};
use super::report::FileReport;
use super::vocabulary;

/// The content of a calendar row.
pub(super) struct Night {
    pub date: NaiveDate,
    pub claim: Option<NightClaim>,
    pub rules: NightRules,
}

/// Converts a calendar row of a listing. The error is the reason for rejecting the row.
pub(super) fn read(
    row: &Row<'_>,
    listing: &Listing,
    currency: Currency,
    report: &mut FileReport,
) -> Result<Night, &'static str> {
    let date = parse_date(row.get("date"))
        .ok_or("the date is missing or invalid")?
        .date_naive();
    let taken = match row.get("available") {
        "f" | "false" => true,
        "t" | "true" => false,
        _ => return Err("the column `available` is neither t nor f"),
    };
    let price_text = row.get("price");
    let price = vocabulary::money(price_text, currency);
    if price.is_none() && !price_text.is_empty() {
        return Err("the price is not an amount");
    }
    let price = price.filter(|&price| price.amount() > 0 && Some(price) != listing.nightly);
    let usual = (listing.min_nights, listing.max_nights);
    let given = (row.number("minimum_nights"), row.number("maximum_nights"));
    let (min, max, changed) = clamp_nights(given.0, given.1, usual);
    if changed {
        report.adjust(
            "minimum or maximum nights outside 1 to 731: clamped",
            row.line,
        );
    }
    let rules = NightRules {
        price,
        min_nights: (min != usual.0).then_some(min),
        max_nights: (max != usual.1).then_some(max),
        ..NightRules::default()
    };
    if !rules.validate().is_empty() {
        return Err("the price or the stay limits violate a rule of the marketplace");
    }
    let claim = taken.then_some(NightClaim {
        night: date,
        kind: ClaimKind::Imported,
        booking_id: None,
    });
    Ok(Night { date, claim, rules })
}
