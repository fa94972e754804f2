//! The report of an import.

use std::collections::BTreeMap;
use std::fmt;

use sojourn_application::ports::ImportCounts;

/// Number of occurrences and the lines of the first ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Number of occurrences.
    pub count: u64,
    /// Lines of the first five occurrences; the header is line 1.
    pub lines: Vec<u64>,
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
    /// Rejected rows by reason.
    pub rejected: BTreeMap<&'static str, Tally>,
    /// Accepted rows with a change or a gap, by kind of adjustment.
    pub adjusted: BTreeMap<&'static str, Tally>,
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
    pub(super) fn reject(&mut self, reason: &'static str, line: u64) {
        self.rejected.entry(reason).or_default().note(line);
    }

    pub(super) fn adjust(&mut self, what: &'static str, line: u64) {
        self.adjusted.entry(what).or_default().note(line);
    }

    /// Number of rejected rows.
    #[must_use]
    pub fn rejected_rows(&self) -> u64 {
        self.rejected.values().map(|tally| tally.count).sum()
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
        write!(
            f,
            "{name}: {} rows, {} accepted, {} rejected",
            self.rows,
            self.accepted,
            self.rejected_rows()
        )?;
        if self.beyond_limit > 0 {
            write!(f, ", {} beyond --limit", self.beyond_limit)?;
        }
        writeln!(f)?;
        for (reason, tally) in &self.rejected {
            writeln!(f, "  rejected  {tally}: {reason}")?;
        }
        for (what, tally) in &self.adjusted {
            writeln!(f, "  adjusted  {tally}: {what}")?;
        }
        Ok(())
    }
}

impl Tally {
    fn note(&mut self, line: u64) {
        self.count += 1;
        if self.lines.len() < 5 {
            self.lines.push(line);
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.lines.iter().map(u64::to_string).collect();
        let noun = if self.count == 1 { "line" } else { "lines" };
        let ellipsis = if self.count > 5 { " …" } else { "" };
        write!(f, "{} ({noun} {}{ellipsis})", self.count, lines.join(", "))
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
            ("unavailable nights", new.claims, all.claims),
            ("date rules", new.rules, all.rules),
            ("reviews", new.reviews, all.reviews),
        ];
        write!(f, "stored: {} accounts", new.users)?;
        for (name, new, all) in pairs {
            write!(f, ", {new} {name}")?;
            if all > new {
                write!(f, " ({} already stored)", all - new)?;
            }
        }
        writeln!(f)
    }
}
