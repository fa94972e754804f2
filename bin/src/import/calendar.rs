//! Calendar rows: a night that is available or not, with its price and stay limits.

use std::collections::HashSet;

use chrono::NaiveDate;
use sojourn_domain::property::ImportedNight;
use sojourn_domain::shared::{Currency, Money};

use super::file::csv_file::Row;
use super::listing::{Listing, check_price, clamp_nights, parse_date};
use super::price::price_text;
use super::report::FileReport;
use super::row_error::RowError;

/// Converts calendar rows.
pub(super) struct CalendarReader {
    currency: Currency,
    /// The listing of the rows read last, and its dates: a file has one listing after another.
    listing: u64,
    dates: HashSet<NaiveDate>,
}

impl CalendarReader {
    pub fn new(currency: Currency) -> Self {
        Self {
            currency,
            listing: 0,
            dates: HashSet::new(),
        }
    }

    /// Converts a row of a listing.
    pub fn read(
        &mut self,
        row: &Row<'_>,
        listing: &Listing,
        report: &mut FileReport,
    ) -> Result<ImportedNight, RowError> {
        let date = parse_date(row, "date")?.date_naive();
        let taken = match row.get("available").to_lowercase().as_str() {
            "f" | "false" | "0" => true,
            "t" | "true" | "1" => false,
            _ => return Err(row.error("available", "t or f")),
        };
        let price = self.price(row, listing)?;
        let given = (row.number("minimum_nights"), row.number("maximum_nights"));
        let usual = (listing.min_nights, listing.max_nights);
        let (min, max, changed) = clamp_nights(given.0, given.1, usual);
        self.check_new(row, date)?;
        if changed {
            report.adjust(
                "minimum or maximum nights outside 1 to 731: clamped",
                row.line,
                &format!(
                    "{} to {}",
                    row.get("minimum_nights"),
                    row.get("maximum_nights")
                ),
            );
        }
        Ok(ImportedNight {
            property_id: listing.property_id,
            night: date,
            taken,
            price,
            min_nights: given.0.map(|_| min),
            max_nights: given.1.map(|_| max),
        })
    }

    fn price(&self, row: &Row<'_>, listing: &Listing) -> Result<Option<Money>, RowError> {
        let usual = listing.nightly.map(Money::currency);
        let price = price_text::parse(row.get("price"), usual.unwrap_or(self.currency));
        let price = check_price(row, price)?;
        match (price, usual) {
            (Some(price), Some(usual)) if price.currency() != usual => {
                Err(row.error("price", "an amount in the currency of the listing"))
            }
            _ => Ok(price),
        }
    }

    /// Checks that a date occurs once.
    fn check_new(&mut self, row: &Row<'_>, date: NaiveDate) -> Result<(), RowError> {
        let listing = row.id("listing_id")?;
        if listing != self.listing {
            self.listing = listing;
            self.dates.clear();
        }
        if self.dates.insert(date) {
            Ok(())
        } else {
            Err(row.error("date", "a date that the listing has on no row before"))
        }
    }
}
