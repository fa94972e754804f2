//! Files to import: their kind, their encoding and their rows.

pub(super) mod csv_file;
pub(super) mod file_kind;
#[cfg(test)]
mod file_tests;
mod line_numbers;
pub(super) mod source_file;
pub(super) mod wrong_file;
