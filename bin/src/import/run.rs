//! Reads the files one after another and stores their rows in batches.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use sojourn_application::ports::Importer;
use sojourn_domain::shared::{Currency, PropertyId};

use super::batch_writer::BatchWriter;
use super::calendar::CalendarReader;
use super::file::csv_file::{BadRow, CsvFile, Row};
use super::file::file_kind::FileKind;
use super::file::source_file::check_encoding;
use super::listing::{Listing, ListingReader};
use super::location::CityDefaults;
use super::report::FileReport;
use super::row_error::RowError;
use super::survey::Survey;
use super::{ImportArgs, ImportError, ImportReport, reviews};
use crate::terminal::Progress;

/// Number of rows between updates of the progress bar.
const PROGRESS_ROWS: u64 = 500;

/// The listings read so far by id of the source: the only part held in memory.
type Listings = HashMap<u64, Listing>;

/// Imports an Inside Airbnb city: hosts, properties, unavailable nights, prices and limits of
/// dates, reviews. Ids are derived from those of the source, so that a second import changes
/// nothing; a calendar of a later day replaces what an earlier one said.
///
/// # Errors
/// [`ImportError`]: a file cannot be read, or the database failed. Invalid rows are counted in the
/// report.
pub async fn inside_airbnb(
    args: ImportArgs,
    importer: &dyn Importer,
    progress: &Progress,
    now: DateTime<Utc>,
) -> Result<ImportReport, ImportError> {
    check_files(&args)?;
    let survey = Survey::of(&args.listings)?;
    let city = CityDefaults::determine(&args, survey.host_home);
    let mut writer = BatchWriter::new(importer);
    let mut report = ImportReport::default();
    let reader = ListingReader {
        city: &city,
        scale: survey.ratings.scale(),
        currency: args.currency,
        now,
    };
    let known = load_listings(&args, &reader, &mut writer, progress, &mut report.listings).await?;
    let limited = args.limit.is_some();
    if let Some(path) = &args.calendar {
        let mut file_import = FileImport::open(path, FileKind::Calendar, "Calendar", progress)?;
        load_calendar(
            &mut file_import,
            (&known, limited),
            args.currency,
            &mut writer,
        )
        .await?;
        report.calendar = Some(file_import.report);
    }
    if let Some(path) = &args.reviews {
        let mut file_import = FileImport::open(path, FileKind::Reviews, "Reviews", progress)?;
        load_reviews(&mut file_import, (&known, limited), &mut writer).await?;
        report.reviews = Some(file_import.report);
    }
    progress.finish();
    report.attempted = writer.attempted;
    report.stored = writer.stored;
    report.assumptions = city.assumptions;
    if report.reviews.is_some() {
        let assumption = "scores of the reviews: their mean is the rating of the listing";
        report.assumptions.push(assumption.to_owned());
    }
    Ok(report)
}

/// Checks all files before anything is stored.
fn check_files(args: &ImportArgs) -> Result<(), ImportError> {
    let files = [
        (Some(&args.listings), FileKind::Listings),
        (args.calendar.as_ref(), FileKind::Calendar),
        (args.reviews.as_ref(), FileKind::Reviews),
    ];
    for (path, kind) in files {
        if let Some(path) = path {
            CsvFile::open(path, kind, |file| Box::new(file))?;
        }
    }
    for (path, _) in files {
        if let Some(path) = path {
            check_encoding(path)?;
        }
    }
    Ok(())
}

async fn load_listings(
    args: &ImportArgs,
    reader: &ListingReader<'_>,
    writer: &mut BatchWriter<'_>,
    progress: &Progress,
    report: &mut FileReport,
) -> Result<Listings, ImportError> {
    let mut known = Listings::new();
    let mut file_import =
        FileImport::open(&args.listings, FileKind::Listings, "Listings", progress)?;
    while args
        .limit
        .is_none_or(|limit| file_import.report.rows < limit)
    {
        let more = file_import.next(|row, report| {
            let (host, property, listing) = reader.read(row, report)?;
            let id = row.id("id")?;
            if known.contains_key(&id) {
                return Err(row.error("id", "an id that no row before has"));
            }
            known.insert(id, listing);
            writer.user(host);
            writer.property(property);
            Ok(true)
        })?;
        if !more {
            break;
        }
        writer.store_if_full().await?;
    }
    writer.store().await?;
    *report = file_import.report;
    Ok(known)
}

async fn load_calendar(
    file_import: &mut FileImport<'_>,
    known: (&Listings, bool),
    currency: Currency,
    writer: &mut BatchWriter<'_>,
) -> Result<(), ImportError> {
    let mut reader = CalendarReader::new(currency);
    while file_import.next(|row, report| {
        let Some(listing) = listing_of(row, known)? else {
            return Ok(false);
        };
        writer.night(reader.read(row, listing, report)?);
        Ok(true)
    })? {
        writer.store_if_full().await?;
    }
    Ok(writer.store().await?)
}

async fn load_reviews(
    file_import: &mut FileImport<'_>,
    known: (&Listings, bool),
    writer: &mut BatchWriter<'_>,
) -> Result<(), ImportError> {
    let mut counts: HashMap<PropertyId, u64> = HashMap::new();
    while file_import.next(|row, report| {
        let Some(listing) = listing_of(row, known)? else {
            return Ok(false);
        };
        let count = counts.entry(listing.property_id).or_default();
        let (reviewer, review) = reviews::read(row, listing, *count + 1, report)?;
        *count += 1;
        writer.user(reviewer);
        writer.review(review);
        Ok(true)
    })? {
        writer.store_if_full().await?;
    }
    Ok(writer.store().await?)
}

/// The listing of a row; `None` when it is beyond `--limit`.
fn listing_of<'a>(
    row: &Row<'_>,
    (known, limited): (&'a Listings, bool),
) -> Result<Option<&'a Listing>, RowError> {
    let id = row.id("listing_id")?;
    match known.get(&id) {
        None if !limited => Err(row.error("listing_id", "the id of an imported listing")),
        listing => Ok(listing),
    }
}

/// One pass over one file.
struct FileImport<'a> {
    file: CsvFile,
    read: Arc<AtomicU64>,
    progress: &'a Progress,
    report: FileReport,
}

impl<'a> FileImport<'a> {
    fn open(
        path: &Path,
        kind: FileKind,
        what: &str,
        progress: &'a Progress,
    ) -> Result<Self, ImportError> {
        let read = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&read);
        let file = CsvFile::open(path, kind, |file| {
            Box::new(CountingReader { file, counter })
        })?;
        progress.begin(what, std::fs::metadata(path).ok().map(|file| file.len()));
        Ok(Self {
            file,
            read,
            progress,
            report: FileReport::default(),
        })
    }

    /// Passes the next row to `take`, which returns whether it accepted it. False at the end of the
    /// file.
    fn next(
        &mut self,
        take: impl FnOnce(&Row<'_>, &mut FileReport) -> Result<bool, RowError>,
    ) -> Result<bool, ImportError> {
        let Some(row) = self.file.next()? else {
            return Ok(false);
        };
        self.report.rows += 1;
        if self.report.rows.is_multiple_of(PROGRESS_ROWS) {
            self.progress.set(self.read.load(Ordering::Relaxed));
        }
        match row {
            Err(BadRow { line, error }) => self.report.reject(error, line),
            Ok(row) => match take(&row, &mut self.report) {
                Ok(true) => self.report.accepted += 1,
                Ok(false) => self.report.beyond_limit += 1,
                Err(error) => self.report.reject(error, row.line),
            },
        }
        Ok(true)
    }
}

/// Counts the bytes that are read from a file.
struct CountingReader {
    file: File,
    counter: Arc<AtomicU64>,
}

impl Read for CountingReader {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.counter
            .fetch_add(u64::try_from(count).unwrap_or(0), Ordering::Relaxed);
        Ok(count)
    }
}
