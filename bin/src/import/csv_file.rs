//! Rows of a CSV file, plain or gzipped, one at a time: memory does not grow with the file.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use csv::{ByteRecord, StringRecord};
use flate2::bufread::MultiGzDecoder;

use super::ImportError;

const GZIP: [u8; 2] = [0x1f, 0x8b];

/// A CSV file with a header.
pub(super) struct CsvFile {
    path: PathBuf,
    reader: csv::Reader<Box<dyn Read + Send>>,
    columns: HashMap<String, usize>,
    record: ByteRecord,
}

/// One row.
pub(super) struct Row<'a> {
    columns: &'a HashMap<String, usize>,
    fields: StringRecord,
    /// Line on which the row begins; the header is line 1.
    pub line: u64,
}

/// A row that cannot be parsed.
pub(super) struct BadRow {
    pub line: u64,
    pub reason: &'static str,
}

impl CsvFile {
    /// Opens a file and checks that it has the needed columns. Its bytes are read through `wrap`.
    pub fn open(
        path: &Path,
        needed: &[&'static str],
        wrap: impl FnOnce(File) -> Box<dyn Read + Send>,
    ) -> Result<Self, ImportError> {
        let failed = |cause| ImportError::Open {
            path: path.to_owned(),
            cause,
        };
        let mut bytes = BufReader::with_capacity(1 << 16, wrap(File::open(path).map_err(failed)?));
        let zipped = bytes.fill_buf().map_err(failed)?.starts_with(&GZIP);
        let plain: Box<dyn Read + Send> = if zipped {
            Box::new(MultiGzDecoder::new(bytes))
        } else {
            Box::new(bytes)
        };
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(plain);
        let headers = reader.byte_headers().map_err(|cause| ImportError::Read {
            path: path.to_owned(),
            cause,
        })?;
        let name = |field: &[u8]| {
            String::from_utf8_lossy(field)
                .trim_matches(['\u{feff}', ' '])
                .to_lowercase()
        };
        let columns: HashMap<_, _> = headers
            .iter()
            .enumerate()
            .map(|(index, field)| (name(field), index))
            .collect();
        if let Some(&column) = needed.iter().find(|&&column| !columns.contains_key(column)) {
            return Err(ImportError::Column {
                path: path.to_owned(),
                column,
            });
        }
        Ok(Self {
            path: path.to_owned(),
            reader,
            columns,
            record: ByteRecord::new(),
        })
    }

    /// The next row, or the reason for which it cannot be parsed; `None` at the end.
    ///
    /// # Errors
    /// The file cannot be read further: it is truncated, or its compression is damaged.
    pub fn next(&mut self) -> Result<Option<Result<Row<'_>, BadRow>>, ImportError> {
        let read = self.reader.read_byte_record(&mut self.record);
        if !read.map_err(|cause| ImportError::Read {
            path: self.path.clone(),
            cause,
        })? {
            return Ok(None);
        }
        let line = self.record.position().map_or(0, csv::Position::line);
        let bad = |reason| Ok(Some(Err(BadRow { line, reason })));
        if self.record.len() != self.reader.byte_headers().map_or(0, ByteRecord::len) {
            return bad("the number of fields differs from the header");
        }
        let Ok(fields) = StringRecord::from_byte_record(self.record.clone()) else {
            return bad("the row is not UTF-8");
        };
        Ok(Some(Ok(Row {
            columns: &self.columns,
            fields,
            line,
        })))
    }
}

impl Row<'_> {
    /// A field without surrounding white space; empty when the file has no such column.
    pub fn get(&self, column: &str) -> &str {
        self.columns
            .get(column)
            .and_then(|&index| self.fields.get(index))
            .unwrap_or("")
            .trim()
    }

    /// A field as a whole number. Accepts `1,125`, `16+` and `2.0`.
    pub fn number(&self, column: &str) -> Option<u64> {
        let text = self.get(column).trim_end_matches('+').replace(',', "");
        match text.split_once('.') {
            Some((whole, rest)) if rest.chars().all(|c| c == '0') => whole.parse().ok(),
            Some(_) => None,
            None => text.parse().ok(),
        }
    }

    /// An id of the source: digits only.
    pub fn id(&self, column: &str) -> Option<u64> {
        self.get(column).parse().ok()
    }
}
