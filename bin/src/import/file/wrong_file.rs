//! Files that cannot be meant: each message says what the file is and what to do.

/// A reason for which a file is refused as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrongFile {
    /// The file has no bytes, or blank lines only.
    #[error("is empty; download it again")]
    Empty,
    /// The file is UTF-16 or UTF-32.
    #[error(
        "is UTF-16, not UTF-8; convert it first: iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8.csv"
    )]
    Utf16,
    /// The file is in an 8-bit encoding.
    #[error(
        "is not UTF-8 but probably Latin-1 or Windows-1252; convert it first: iconv -f WINDOWS-1252 -t UTF-8 FILE > FILE.utf8.csv"
    )]
    NotUtf8,
    /// The file is a ZIP archive, which Excel workbooks are too.
    #[error("is a ZIP archive or an Excel workbook; unpack it, or save it as \"CSV UTF-8\"")]
    Archive,
    /// The file is HTML.
    #[error("is a web page, not CSV; download the file itself")]
    WebPage,
    /// The file is JSON.
    #[error("is JSON, not CSV; take the CSV file of the same page")]
    Json,
    /// The fields are not separated by commas.
    #[error("is separated by {0}, not commas; export it again with commas")]
    Separator(&'static str),
    /// The summary of the listings.
    #[error(
        "is the summary file of the listings, without guests, beds and amenities; take the detailed file, listings.csv.gz (\"Detailed Listings data\")"
    )]
    ListingsSummary,
    /// The summary of the reviews.
    #[error(
        "is the summary file of the reviews, without texts; take the detailed file, reviews.csv.gz (\"Detailed Review Data\")"
    )]
    ReviewsSummary,
    /// A file of the source that belongs to another option.
    #[error("is a file of {found}, not of {wanted}; {advice}")]
    OtherKind {
        /// Content of the file.
        found: &'static str,
        /// Description of a valid value.
        wanted: &'static str,
        /// Remedy.
        advice: &'static str,
    },
    /// A required column is missing.
    #[error("has no column `{0}`; use the detailed file of Inside Airbnb")]
    Column(&'static str),
    /// A column occurs twice.
    #[error("has two columns `{0}`; remove one of them")]
    DoubleColumn(&'static str),
}
