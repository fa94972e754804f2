//! Rows of a CSV file, plain or gzipped, one at a time: memory does not grow with the file.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use csv::{ByteRecord, StringRecord, Terminator};

use super::file_kind::FileKind;
use super::line_numbers::{LineCounter, LineNumbers};
use super::source_file::{Bytes, SourceFile};
use crate::import::ImportError;
use crate::import::row_error::RowError;

/// A CSV file with a header.
pub(in crate::import) struct CsvFile {
    path: PathBuf,
    reader: csv::Reader<LineCounter>,
    lines: LineNumbers,
    columns: HashMap<String, usize>,
    width: usize,
    record: ByteRecord,
}

/// One row.
pub(in crate::import) struct Row<'a> {
    columns: &'a HashMap<String, usize>,
    fields: StringRecord,
    /// Line on which the row begins; the header is line 1.
    pub line: u64,
}

/// A row that cannot be parsed.
pub(in crate::import) struct BadRow {
    pub line: u64,
    pub error: RowError,
}

impl CsvFile {
    /// Opens a file and checks that its header is one of the wanted kind. Its bytes are read
    /// through `wrap`.
    pub fn open(
        path: &Path,
        kind: FileKind,
        wrap: impl FnOnce(File) -> Bytes,
    ) -> Result<Self, ImportError> {
        let source = SourceFile::open(path, wrap)?;
        let lines = LineNumbers::default();
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .terminator(Terminator::Any(source.line_end))
            .buffer_capacity(1 << 16)
            .from_reader(lines.count(source.bytes, source.line_end));
        let headers = reader.byte_headers().map_err(|cause| ImportError::Read {
            path: path.to_owned(),
            cause,
        })?;
        let name = |field: &[u8]| {
            String::from_utf8_lossy(field)
                .trim_matches(|c: char| c == '\u{feff}' || matches!(c, ' ' | '\r' | '\n'))
                .to_lowercase()
        };
        let header: Vec<String> = headers.iter().map(name).collect();
        kind.check(&header)
            .map_err(|problem| ImportError::WrongFile {
                path: path.to_owned(),
                problem,
            })?;
        let width = header.len();
        let columns = header.into_iter().zip(0..).collect();
        Ok(Self {
            path: path.to_owned(),
            reader,
            lines,
            columns,
            width,
            record: ByteRecord::new(),
        })
    }

    /// The next row, or the reason for which it cannot be parsed; `None` at the end.
    ///
    /// # Errors
    /// The file cannot be read further: it is truncated, or its compression is damaged.
    pub fn next(&mut self) -> Result<Option<Result<Row<'_>, BadRow>>, ImportError> {
        loop {
            let read = self.reader.read_byte_record(&mut self.record);
            if !read.map_err(|cause| ImportError::Read {
                path: self.path.clone(),
                cause,
            })? {
                return Ok(None);
            }
            let blank = self.record.len() == 1 && self.record[0].trim_ascii().is_empty();
            if !blank {
                break;
            }
        }
        let offset = self.record.position().map_or(0, csv::Position::byte);
        let line = self.lines.at(offset);
        let bad = |error| Ok(Some(Err(BadRow { line, error })));
        if self.record.len() != self.width {
            let found = format!("{} fields", self.record.len());
            return bad(RowError::of_row(
                found,
                "as many fields as the header, with quotes around texts that contain commas",
            ));
        }
        match StringRecord::from_byte_record(self.record.clone()) {
            Ok(fields) => Ok(Some(Ok(Row {
                columns: &self.columns,
                fields,
                line,
            }))),
            Err(error) => bad(self.not_utf8(error.utf8_error().field())),
        }
    }

    fn not_utf8(&self, field: usize) -> RowError {
        let name = self
            .columns
            .iter()
            .find(|&(_, index)| *index == field)
            .map_or_else(String::new, |(name, _)| name.clone());
        let found = String::from_utf8_lossy(&self.record[field]).into_owned();
        RowError::of_column(name, &found, "text in UTF-8")
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

    /// The error of a field that is not what is expected.
    pub fn error(&self, column: &'static str, expected: &'static str) -> RowError {
        RowError::of_column(column, self.get(column), expected)
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
    pub fn id(&self, column: &'static str) -> Result<u64, RowError> {
        self.get(column)
            .parse()
            .map_err(|_| self.error(column, "a number, all digits written out"))
    }
}
