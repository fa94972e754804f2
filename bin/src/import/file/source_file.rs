//! The bytes of a file, unzipped, after a look at what they are.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::wrong_file::WrongFile;
use crate::import::ImportError;

const GZIP: [u8; 2] = [0x1f, 0x8b];
/// Number of bytes that are looked at before parsing: more than any header.
const PREFIX_BYTES: u64 = 1 << 16;

pub(in crate::import) type Bytes = Box<dyn Read + Send>;

/// The unzipped bytes of a file.
pub(in crate::import) struct SourceFile {
    pub bytes: Bytes,
    /// The byte that ends a line: CR in files of the classic Macintosh, else LF.
    pub line_end: u8,
}

impl SourceFile {
    /// Opens a file, whose bytes are read through `wrap`. Refuses what is not text in UTF-8.
    pub fn open(path: &Path, wrap: impl FnOnce(File) -> Bytes) -> Result<Self, ImportError> {
        let failed = |cause| ImportError::Open {
            path: path.to_owned(),
            cause,
        };
        let mut raw = BufReader::with_capacity(1 << 16, wrap(File::open(path).map_err(failed)?));
        let zipped = raw.fill_buf().map_err(failed)?.starts_with(&GZIP);
        let mut plain: Bytes = if zipped {
            Box::new(MultiGzDecoder::new(raw))
        } else {
            Box::new(raw)
        };
        let mut prefix = Vec::new();
        plain
            .by_ref()
            .take(PREFIX_BYTES)
            .read_to_end(&mut prefix)
            .map_err(|cause| ImportError::Read {
                path: path.to_owned(),
                cause: cause.into(),
            })?;
        if let Some(problem) = recognise(&prefix) {
            return Err(ImportError::WrongFile {
                path: path.to_owned(),
                problem,
            });
        }
        Ok(Self {
            line_end: line_end(&prefix),
            bytes: Box::new(Cursor::new(prefix).chain(plain)),
        })
    }
}

/// The kind of a file that is no CSV file in UTF-8.
fn recognise(prefix: &[u8]) -> Option<WrongFile> {
    let text = prefix.strip_prefix(b"\xef\xbb\xbf").unwrap_or(prefix);
    let start = text.trim_ascii_start();
    let head = &text[..text.len().min(1000)];
    if text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
        Some(WrongFile::Utf16)
    } else if text.starts_with(b"PK\x03\x04") {
        Some(WrongFile::Archive)
    } else if head.contains(&0) {
        Some(WrongFile::Utf16)
    } else if start.is_empty() {
        Some(WrongFile::Empty)
    } else if start.starts_with(b"<") {
        Some(WrongFile::WebPage)
    } else if start.starts_with(b"{") || start.starts_with(b"[") {
        Some(WrongFile::Json)
    } else {
        None
    }
}

/// CR if the first line ends with it and no LF follows.
fn line_end(prefix: &[u8]) -> u8 {
    let first = prefix.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    let alone = first.is_some_and(|at| prefix[at] == b'\r' && prefix.get(at + 1) != Some(&b'\n'));
    if alone { b'\r' } else { b'\n' }
}

/// Reads a file to its end. Refuses it if more of its bytes outside ASCII are invalid than valid as
/// UTF-8: a few damaged characters are a matter of their rows.
pub(in crate::import) fn check_encoding(path: &Path) -> Result<(), ImportError> {
    let mut bytes = SourceFile::open(path, |file| Box::new(file))?.bytes;
    let failed = |cause: std::io::Error| ImportError::Read {
        path: path.to_owned(),
        cause: cause.into(),
    };
    let mut buffer = vec![0; 1 << 16];
    let mut filled = 0;
    let (mut valid, mut invalid) = (0_u64, 0_u64);
    loop {
        let count = bytes.read(&mut buffer[filled..]).map_err(failed)?;
        let end = filled + count;
        let cut = if count == 0 {
            end
        } else {
            whole_characters(&buffer[..end])
        };
        for chunk in buffer[..cut].utf8_chunks() {
            let starts = chunk.valid().bytes().filter(|byte| *byte >= 0xc0);
            valid += u64::try_from(starts.count()).unwrap_or(u64::MAX);
            invalid += u64::from(!chunk.invalid().is_empty());
        }
        if count == 0 {
            break;
        }
        buffer.copy_within(cut..end, 0);
        filled = end - cut;
    }
    if invalid > valid {
        return Err(ImportError::WrongFile {
            path: path.to_owned(),
            problem: WrongFile::NotUtf8,
        });
    }
    Ok(())
}

/// Length of the bytes without an unfinished character at their end.
fn whole_characters(bytes: &[u8]) -> usize {
    match std::str::from_utf8(&bytes[bytes.len().saturating_sub(3)..]) {
        Ok(_) => bytes.len(),
        Err(_) => {
            let tail = bytes.iter().rev().take(3).position(|byte| *byte >= 0xc0);
            tail.map_or(bytes.len(), |back| bytes.len() - back - 1)
        }
    }
}
