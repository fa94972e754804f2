//! Numbers of the lines on which rows begin.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use super::source_file::Bytes;

/// Offsets and numbers of the lines that have been read and not yet been asked for.
#[derive(Default)]
pub(in crate::import) struct LineNumbers(Arc<Mutex<Lines>>);

#[derive(Default)]
struct Lines {
    /// Offset and number of the lines with text.
    starts: VecDeque<(u64, u64)>,
    offset: u64,
    line: u64,
    within: bool,
}

/// Notes the lines of the bytes that pass.
pub(in crate::import) struct LineCounter {
    bytes: Bytes,
    line_end: u8,
    lines: Arc<Mutex<Lines>>,
}

impl LineNumbers {
    /// Wraps bytes, whose lines end with `line_end`.
    pub fn count(&self, bytes: Bytes, line_end: u8) -> LineCounter {
        LineCounter {
            bytes,
            line_end,
            lines: Arc::clone(&self.0),
        }
    }

    /// Number of the first line with text at or after an offset; the first line is 1. Offsets must
    /// not descend.
    pub fn at(&self, offset: u64) -> u64 {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while lines.starts.front().is_some_and(|first| first.0 < offset) {
            lines.starts.pop_front();
        }
        lines.starts.front().map_or(lines.line + 1, |first| first.1)
    }
}

impl Read for LineCounter {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.bytes.read(buffer)?;
        let mut guard = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = &mut *guard;
        for &byte in &buffer[..count] {
            if byte == self.line_end {
                lines.line += 1;
                lines.within = false;
            } else if !lines.within && !matches!(byte, b'\r' | b'\n') {
                lines.within = true;
                lines.starts.push_back((lines.offset, lines.line + 1));
            }
            lines.offset += 1;
        }
        drop(guard);
        Ok(count)
    }
}
