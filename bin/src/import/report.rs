//! The report of an import.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use sojourn_application::ports::ImportCounts;

use super::row_error::{RowError, shorten};

/// Number of samples that a report shows of each kind.
const MAX_SAMPLES: usize = 5;

/// A kind of error: the column, if it is about one, and what was expected.
pub type ErrorKind = (Option<Cow<'static, str>>, &'static str);

/// Number of occurrences, and the first five.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Occurrences {
    /// Number of occurrences.
    pub count: u64,
    /// The first five occurrences.
    pub samples: Vec<Sample>,
}

/// One occurrence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Line on which the row begins; the header is line 1.
    pub line: u64,
    /// The text found; empty if there is none.
    pub found: String,
}

/// Outcome for the rows of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileReport {
    /// Number of rows read.
    pub rows: u64,
    /// Number of rows accepted.
    pub accepted: u64,
    /// Number of rows skipped because of `--limit`.
    pub beyond_limit: u64,
    /// Skipped rows by kind of error.
    pub rejected: BTreeMap<ErrorKind, Occurrences>,
    /// Accepted rows with a change or a gap, by kind of adjustment.
    pub adjusted: BTreeMap<&'static str, Occurrences>,
}

/// Outcome of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Outcome for the listings.
    pub listings: FileReport,
    /// Outcome for the calendar.
    pub calendar: Option<FileReport>,
    /// Outcome for the reviews.
    pub reviews: Option<FileReport>,
    /// Number of objects read; an account that occurs on several rows may be counted more than
    /// once.
    pub attempted: ImportCounts,
    /// Number of objects that were new and have been stored.
    pub stored: ImportCounts,
    /// Assumptions that were made, and the options that replace them.
    pub assumptions: Vec<String>,
}

impl FileReport {
    pub(super) fn reject(&mut self, error: RowError, line: u64) {
        let kind = (error.column, error.expected);
        let found = error.found;
        let occurrences = self.rejected.entry(kind).or_default();
        occurrences.add(Sample { line, found });
    }

    pub(super) fn adjust(&mut self, what: &'static str, line: u64, found: &str) {
        let occurrences = self.adjusted.entry(what).or_default();
        occurrences.count += 1;
        if occurrences.samples.len() < MAX_SAMPLES {
            let found = shorten(found);
            occurrences.samples.push(Sample { line, found });
        }
    }

    /// Number of skipped rows.
    #[must_use]
    pub fn rejected_rows(&self) -> u64 {
        self.rejected
            .values()
            .map(|occurrences| occurrences.count)
            .sum()
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
        write!(
            f,
            "{name}: {} rows read = {} imported + {} skipped",
            self.rows,
            self.accepted,
            self.rejected_rows()
        )?;
        if self.beyond_limit > 0 {
            write!(f, " + {} beyond --limit", self.beyond_limit)?;
        }
        writeln!(f)?;
        for ((column, expected), occurrences) in &self.rejected {
            write_skipped(f, column.as_deref(), expected, occurrences)?;
        }
        for (what, occurrences) in &self.adjusted {
            writeln!(f, "  adjusted {occurrences}: {what}")?;
        }
        Ok(())
    }
}

/// Writes a line for each sample of a kind of error.
fn write_skipped(
    f: &mut fmt::Formatter<'_>,
    column: Option<&str>,
    expected: &str,
    occurrences: &Occurrences,
) -> fmt::Result {
    let Occurrences { count, samples } = occurrences;
    match column {
        Some(column) => writeln!(f, "  skipped {count}: {column} is not {expected}")?,
        None => writeln!(f, "  skipped {count}: the row has not {expected}")?,
    }
    for Sample { line, found } in samples {
        match column {
            Some(column) => writeln!(
                f,
                "    line {line}, column {column}: found {found:?}, expected {expected}"
            )?,
            None => writeln!(f, "    line {line}: found {found}, expected {expected}")?,
        }
    }
    let more = count.saturating_sub(u64::try_from(samples.len()).unwrap_or(u64::MAX));
    if more > 0 {
        writeln!(f, "    and {more} more")?;
    }
    Ok(())
}

impl Occurrences {
    fn add(&mut self, sample: Sample) {
        self.count += 1;
        if self.samples.len() < MAX_SAMPLES {
            self.samples.push(sample);
        }
    }
}

impl fmt::Display for Occurrences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sample = |sample: &Sample| match sample.found.as_str() {
            "" => sample.line.to_string(),
            found => format!("{} {found:?}", sample.line),
        };
        let samples: Vec<_> = self.samples.iter().map(sample).collect();
        let noun = if self.count == 1 { "line" } else { "lines" };
        let more = self.samples.len() < usize::try_from(self.count).unwrap_or(usize::MAX);
        let ellipsis = if more { " …" } else { "" };
        let samples = samples.join(", ");
        write!(f, "{} ({noun} {samples}{ellipsis})", self.count)
    }
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.listings.write(f, "listings")?;
        for (name, file) in [("calendar", &self.calendar), ("reviews", &self.reviews)] {
            if let Some(file) = file {
                file.write(f, name)?;
            }
        }
        for assumption in &self.assumptions {
            writeln!(f, "assumed: {assumption}")?;
        }
        let new = &self.stored;
        let all = &self.attempted;
        let pairs = [
            ("properties", new.properties, all.properties),
            ("reviews", new.reviews, all.reviews),
        ];
        write!(f, "stored: {} accounts", new.users)?;
        for (name, new, all) in pairs {
            write!(f, ", {new} {name}")?;
            if all > new {
                write!(f, " ({} already stored)", all - new)?;
            }
        }
        writeln!(f)?;
        if self.calendar.is_some() {
            writeln!(
                f,
                "calendar: {} nights made unavailable, {} made available, {} with a changed price or stay limit",
                new.claims, new.freed_nights, new.rules
            )?;
        }
        for (count, what) in [
            (new.sold_nights, "are sold here"),
            (new.blocked_nights, "are blocked by the host"),
        ] {
            if count > 0 {
                writeln!(
                    f,
                    "left as they were: {count} nights of the file that {what}"
                )?;
            }
        }
        if new.foreign_prices > 0 {
            writeln!(
                f,
                "left as they were: the prices of {} nights, whose property is priced in another currency",
                new.foreign_prices
            )?;
        }
        Ok(())
    }
}
