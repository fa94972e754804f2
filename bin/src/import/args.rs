//! Options of `sojourn import inside-airbnb`.

use std::path::PathBuf;

use chrono_tz::Tz;
use sojourn_domain::shared::Currency;

/// Imports a city as Inside Airbnb publishes it. Files may be plain CSV or gzipped. Importing the
/// same files again changes nothing; a newer calendar replaces what an earlier one said.
#[derive(Debug, Clone, clap::Args)]
pub struct ImportArgs {
    /// Listings (listings.csv or listings.csv.gz), e.g. --listings listings.csv.gz
    #[arg(long, value_name = "FILE")]
    pub listings: PathBuf,
    /// Calendar (calendar.csv or calendar.csv.gz), e.g. --calendar calendar.csv.gz
    #[arg(long, value_name = "FILE")]
    pub calendar: Option<PathBuf>,
    /// Detailed reviews (reviews.csv.gz), e.g. --reviews reviews.csv.gz; the mean of
    /// their scores is the rating of the listing
    #[arg(long, value_name = "FILE")]
    pub reviews: Option<PathBuf>,
    /// Import only the first N listings, with their calendars and reviews, e.g. --limit 100
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// Currency of prices without a sign or code of their own, e.g. --currency EUR; $ stands for
    /// any currency in these files
    #[arg(long, value_name = "CODE", default_value = "USD", value_parser = currency)]
    pub currency: Currency,
    /// Time zone of the city, e.g. --time-zone America/New_York [default: derived from the
    /// coordinates]
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub time_zone: Option<Tz>,
    /// Country of the city as a two-letter code, e.g. --country US [default: the most common
    /// country of the hosts, where a listing names none]
    #[arg(long, value_name = "CODE", value_parser = country)]
    pub country: Option<String>,
    /// Name of the city, e.g. --city Albany [default: the city that a
    /// listing names, else the most common city of the hosts]
    #[arg(long, value_name = "NAME")]
    pub city: Option<String>,
}

fn currency(text: &str) -> Result<Currency, String> {
    Currency::parse(&text.to_ascii_uppercase()).map_err(|error| error.to_string())
}

fn zone(text: &str) -> Result<Tz, String> {
    text.parse()
        .map_err(|_| "must be an IANA time zone such as Europe/Paris".to_owned())
}

fn country(text: &str) -> Result<String, String> {
    let code = text.to_ascii_uppercase();
    let known = super::locality::is_country(&code);
    known
        .then_some(code)
        .ok_or_else(|| "must be a two-letter ISO 3166-1 code".to_owned())
}
