//! The kinds of files of Inside Airbnb, and how each is recognised by its header.

use std::collections::HashSet;

use super::wrong_file::WrongFile;

/// A file that the import takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum FileKind {
    Listings,
    Calendar,
    Reviews,
}

impl FileKind {
    /// Columns without which the file says nothing.
    pub const fn required(self) -> &'static [&'static str] {
        match self {
            Self::Listings => &["id", "host_id", "latitude", "longitude"],
            Self::Calendar => &["listing_id", "date", "available"],
            Self::Reviews => &["listing_id", "id", "date", "reviewer_id", "comments"],
        }
    }

    const fn contents(self) -> &'static str {
        match self {
            Self::Listings => "listings",
            Self::Calendar => "the calendar",
            Self::Reviews => "reviews",
        }
    }

    const fn advice(self) -> &'static str {
        match self {
            Self::Listings => "give it as --listings",
            Self::Calendar => "give it as --calendar",
            Self::Reviews => "give it as --reviews",
        }
    }

    /// Checks the header, whose names are in lower case.
    pub fn check(self, header: &[String]) -> Result<(), WrongFile> {
        let columns: HashSet<&str> = header.iter().map(String::as_str).collect();
        let has = |names: &[&str]| names.iter().all(|name| columns.contains(name));
        if let Some(separator) = other_separator(header) {
            return Err(WrongFile::Separator(separator));
        }
        if has(&["id", "host_id", "room_type"])
            && ![
                "accommodates",
                "amenities",
                "property_type",
                "bathrooms_text",
            ]
            .iter()
            .any(|name| columns.contains(name))
            && (has(&["neighbourhood_group"]) || has(&["calculated_host_listings_count"]))
        {
            return Err(self.refuse_listings_summary());
        }
        if columns.len() == 2 && has(&["listing_id", "date"]) {
            return Err(WrongFile::ReviewsSummary);
        }
        let other = [Self::Listings, Self::Calendar, Self::Reviews]
            .into_iter()
            .find(|&kind| kind != self && has(kind.required()));
        let missing = self
            .required()
            .iter()
            .find(|&&column| !columns.contains(column));
        if let Some(&column) = missing {
            return Err(match other {
                Some(kind) => WrongFile::OtherKind {
                    found: kind.contents(),
                    wanted: self.contents(),
                    advice: kind.advice(),
                },
                None if columns.len() == 2 && has(&["neighbourhood"]) => WrongFile::OtherKind {
                    found: "neighbourhoods",
                    wanted: self.contents(),
                    advice: "it is not needed",
                },
                None => WrongFile::Column(column),
            });
        }
        let double = self
            .required()
            .iter()
            .find(|&&column| header.iter().filter(|name| *name == column).count() > 1);
        double.map_or(Ok(()), |&column| Err(WrongFile::DoubleColumn(column)))
    }

    const fn refuse_listings_summary(self) -> WrongFile {
        match self {
            Self::Listings => WrongFile::ListingsSummary,
            Self::Calendar | Self::Reviews => WrongFile::OtherKind {
                found: "listings (the summary)",
                wanted: self.contents(),
                advice: match self {
                    Self::Calendar => "take calendar.csv.gz",
                    _ => "take reviews.csv.gz",
                },
            },
        }
    }
}

/// The separator of a header that has no commas between its names.
fn other_separator(header: &[String]) -> Option<&'static str> {
    const SEPARATORS: [(char, &str); 3] = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars (|)")];
    let first = header.first()?;
    if let Some(hint) = first.strip_prefix("sep=") {
        return SEPARATORS
            .iter()
            .find(|(separator, _)| hint.starts_with(*separator))
            .map(|&(_, name)| name);
    }
    let known = |name: &str| {
        let name = name.trim_matches(['"', ' ']);
        name == "id" || name == "listing_id" || name == "host_id" || name == "date"
    };
    SEPARATORS
        .iter()
        .find(|(separator, _)| {
            let mut names = header.iter().filter(|name| name.contains(*separator));
            names.any(|names| names.split(*separator).any(known))
        })
        .map(|&(_, name)| name)
}
