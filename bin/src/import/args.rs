//! What the importer is told on the command line.

use std::path::PathBuf;

use chrono_tz::Tz;
use sojourn_domain::shared::Currency;

/// Loads a city as Inside Airbnb publishes it. Files may be plain CSV or gzipped. Running it twice changes
/// nothing.
#[derive(Debug, Clone, clap::Args)]
pub struct ImportArgs {
    /// The file of listings (listings.csv or listings.csv.gz)
    #[arg(long, value_name = "FILE")]
    pub listings: PathBuf,
    /// The file of nights (calendar.csv or calendar.csv.gz)
    #[arg(long, value_name = "FILE")]
    pub calendar: Option<PathBuf>,
    /// The file of reviews, the detailed one (reviews.csv.gz); each gets the mean rating of its listing, rounded
    #[arg(long, value_name = "FILE")]
    pub reviews: Option<PathBuf>,
    /// Load the first N listings alone, with their nights and reviews
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// The currency of the prices, which the files do not name
    #[arg(long, value_name = "CODE", default_value = "USD", value_parser = currency)]
    pub currency: Currency,
    /// The time zone of the city, such as America/New_York; guessed from the coordinates unless given
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub time_zone: Option<Tz>,
    /// The country of the city, two letters; guessed unless given
    #[arg(long, value_name = "CODE", value_parser = country)]
    pub country: Option<String>,
    /// The name of the city; guessed from where the hosts live unless given
    #[arg(long, value_name = "NAME")]
    pub city: Option<String>,
}

fn currency(text: &str) -> Result<Currency, String> {
    Currency::parse(&text.to_ascii_uppercase()).map_err(|error| error.to_string())
}

fn zone(text: &str) -> Result<Tz, String> {
    text.parse()
        .map_err(|_| "not an IANA time zone such as Europe/Paris".to_owned())
}

fn country(text: &str) -> Result<String, String> {
    let code = text.to_ascii_uppercase();
    let known = super::place::is_country(&code);
    known
        .then_some(code)
        .ok_or_else(|| "not an ISO 3166-1 code of two letters".to_owned())
}
