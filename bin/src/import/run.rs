//! Reads the files one after the other and stores them in batches.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use sojourn_application::ports::Importer;
use sojourn_domain::shared::Currency;

use super::batches::Batches;
use super::listing::{Listing, Reader};
use super::place::Place;
use super::report::FileReport;
use super::source::{BadRow, Row, Source};
use super::{ImportArgs, ImportError, ImportReport, calendar, reviews};
use crate::progress::Progress;

/// Rows after which the bar moves.
const STEP: u64 = 500;

/// What is read of each listing, by the source's id: all that is held in memory.
type Listings = HashMap<u64, Listing>;

/// Loads an Inside Airbnb city: hosts, properties, taken nights, rules of dates, reviews. Ids follow from the
/// source's, so loading twice changes nothing.
///
/// # Errors
/// [`ImportError`]: a file cannot be read, or the database failed. A bad row is no error: the report counts it.
pub async fn inside_airbnb(
    args: ImportArgs,
    importer: &dyn Importer,
    progress: &Progress,
    now: DateTime<Utc>,
) -> Result<ImportReport, ImportError> {
    let place = Place::find(&args)?;
    let mut batches = Batches::new(importer);
    let mut report = ImportReport::default();
    let reader = Reader {
        place: &place,
        currency: args.currency,
        now,
    };
    let known = listings(&args, &reader, &mut batches, progress, &mut report.listings).await?;
    let limited = args.limit.is_some();
    if let Some(path) = &args.calendar {
        let mut pass = Pass::open(
            path,
            &["listing_id", "date", "available"],
            "Calendar",
            progress,
        )?;
        nights(&mut pass, (&known, limited), args.currency, &mut batches).await?;
        report.calendar = Some(pass.report);
    }
    if let Some(path) = &args.reviews {
        let needed = ["listing_id", "id", "date", "reviewer_id", "comments"];
        let mut pass = Pass::open(path, &needed, "Reviews", progress)?;
        guests(&mut pass, (&known, limited), &mut batches).await?;
        report.reviews = Some(pass.report);
    }
    progress.finish();
    (report.offered, report.stored) = (batches.offered, batches.stored);
    report.assumptions = place.assumptions;
    if report.reviews.is_some() {
        let how = "a review has no score of its own in the source: it has the mean of its listing, rounded";
        report.assumptions.push(how.to_owned());
    }
    Ok(report)
}

async fn listings(
    args: &ImportArgs,
    reader: &Reader<'_>,
    batches: &mut Batches<'_>,
    progress: &Progress,
    report: &mut FileReport,
) -> Result<Listings, ImportError> {
    let mut known = Listings::new();
    let needed = ["id", "host_id", "latitude", "longitude"];
    let mut pass = Pass::open(&args.listings, &needed, "Listings", progress)?;
    while args.limit.is_none_or(|limit| pass.report.rows < limit) {
        let more = pass.next(|row, report| {
            let (host, property, listing) = reader.read(row, report)?;
            let id = row
                .id("id")
                .ok_or("the id of the listing is missing or no number")?;
            if known.insert(id, listing).is_some() {
                return Err("the listing stood in the file before");
            }
            batches.user(host);
            batches.property(property);
            Ok(true)
        })?;
        if !more {
            break;
        }
        batches.store_if_full().await?;
    }
    batches.store().await?;
    *report = pass.report;
    Ok(known)
}

async fn nights(
    pass: &mut Pass<'_>,
    known: (&Listings, bool),
    currency: Currency,
    batches: &mut Batches<'_>,
) -> Result<(), ImportError> {
    while pass.next(|row, report| {
        let Some(listing) = find(row, known)? else {
            return Ok(false);
        };
        let night = calendar::read(row, listing, currency, report)?;
        if let Some(claim) = night.claim {
            batches.claim(listing.property_id, claim);
        }
        if !night.rules.is_empty() {
            batches.rules(listing.property_id, night.date, night.rules);
        }
        Ok(true)
    })? {
        batches.store_if_full().await?;
    }
    Ok(batches.store().await?)
}

async fn guests(
    pass: &mut Pass<'_>,
    known: (&Listings, bool),
    batches: &mut Batches<'_>,
) -> Result<(), ImportError> {
    while pass.next(|row, report| {
        let Some(listing) = find(row, known)? else {
            return Ok(false);
        };
        let (reviewer, review) = reviews::read(row, listing, report)?;
        batches.user(reviewer);
        batches.review(review);
        Ok(true)
    })? {
        batches.store_if_full().await?;
    }
    Ok(batches.store().await?)
}

/// The listing that a row is about; none when it is one of those beyond the limit.
fn find<'a>(
    row: &Row<'_>,
    (known, limited): (&'a Listings, bool),
) -> Result<Option<&'a Listing>, &'static str> {
    let id = row
        .id("listing_id")
        .ok_or("the id of the listing is missing or no number")?;
    match known.get(&id) {
        None if !limited => Err("the listing is not in the file of listings, or was refused"),
        listing => Ok(listing),
    }
}

/// One way through one file.
struct Pass<'a> {
    source: Source,
    read: Arc<AtomicU64>,
    progress: &'a Progress,
    report: FileReport,
}

impl<'a> Pass<'a> {
    fn open(
        path: &Path,
        needed: &[&'static str],
        what: &str,
        progress: &'a Progress,
    ) -> Result<Self, ImportError> {
        let read = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&read);
        let source = Source::open(path, needed, |file| Box::new(Counted { file, counter }))?;
        progress.begin(what, std::fs::metadata(path).ok().map(|file| file.len()));
        Ok(Self {
            source,
            read,
            progress,
            report: FileReport::default(),
        })
    }

    /// Hands the next row on, which answers whether it took it; false at the end of the file.
    fn next(
        &mut self,
        take: impl FnOnce(&Row<'_>, &mut FileReport) -> Result<bool, &'static str>,
    ) -> Result<bool, ImportError> {
        let Some(row) = self.source.next()? else {
            return Ok(false);
        };
        self.report.rows += 1;
        if self.report.rows.is_multiple_of(STEP) {
            self.progress.set(self.read.load(Ordering::Relaxed));
        }
        match row {
            Err(BadRow { line, reason }) => self.report.refuse(reason, line),
            Ok(row) => match take(&row, &mut self.report) {
                Ok(true) => self.report.accepted += 1,
                Ok(false) => self.report.beyond_limit += 1,
                Err(reason) => self.report.refuse(reason, row.line),
            },
        }
        Ok(true)
    }
}

/// Counts the bytes that are read of a file.
struct Counted {
    file: File,
    counter: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.counter
            .fetch_add(u64::try_from(count).unwrap_or(0), Ordering::Relaxed);
        Ok(count)
    }
}
