//! What an import did, and what it did not.

use std::collections::BTreeMap;
use std::fmt;

use sojourn_application::ports::ImportCounts;

/// How often something happened, and on which lines of the file first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often.
    pub count: u64,
    /// The first lines, at most five; a header is line 1.
    pub lines: Vec<u64>,
}

/// What became of the rows of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileReport {
    /// Rows read.
    pub rows: u64,
    /// Rows that were fit to be loaded.
    pub accepted: u64,
    /// Rows of listings beyond the limit that was asked for.
    pub beyond_limit: u64,
    /// Rows refused, by reason.
    pub refused: BTreeMap<&'static str, Tally>,
    /// Rows loaded with a change or a gap, by what was done.
    pub adjusted: BTreeMap<&'static str, Tally>,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// The file of listings.
    pub listings: FileReport,
    /// The file of nights.
    pub calendar: Option<FileReport>,
    /// The file of reviews.
    pub reviews: Option<FileReport>,
    /// What was to be stored; accounts that occur on several rows may be counted more than once.
    pub offered: ImportCounts,
    /// What was new and is stored now.
    pub stored: ImportCounts,
    /// What was assumed, and how to say it instead.
    pub assumptions: Vec<String>,
}

impl FileReport {
    pub(super) fn refuse(&mut self, reason: &'static str, line: u64) {
        self.refused.entry(reason).or_default().note(line);
    }

    pub(super) fn adjust(&mut self, what: &'static str, line: u64) {
        self.adjusted.entry(what).or_default().note(line);
    }

    /// How many rows were refused, for whatever reason.
    #[must_use]
    pub fn refused_rows(&self) -> u64 {
        self.refused.values().map(|tally| tally.count).sum()
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
        write!(
            f,
            "{name}: {} rows, {} accepted, {} refused",
            self.rows,
            self.accepted,
            self.refused_rows()
        )?;
        if self.beyond_limit > 0 {
            write!(f, ", {} beyond --limit", self.beyond_limit)?;
        }
        writeln!(f)?;
        for (reason, tally) in &self.refused {
            writeln!(f, "  refused   {tally}: {reason}")?;
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
        let (noun, more) = (
            if self.count == 1 { "line" } else { "lines" },
            if self.count > 5 { " …" } else { "" },
        );
        write!(f, "{} ({noun} {}{more})", self.count, lines.join(", "))
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
        let (new, all) = (&self.stored, &self.offered);
        let pairs = [
            ("properties", new.properties, all.properties),
            ("nights taken", new.claims, all.claims),
            ("rules of dates", new.rules, all.rules),
            ("reviews", new.reviews, all.reviews),
        ];
        write!(f, "stored: {} accounts", new.users)?;
        for (name, new, all) in pairs {
            write!(f, ", {new} {name}")?;
            if all > new {
                write!(f, " ({} were there)", all - new)?;
            }
        }
        writeln!(f)
    }
}
