//! Import of data that other sites publish.

mod args;
mod batch_writer;
mod calendar;
mod csv_file;
mod currency_sign;
mod error;
mod file_kind;
#[cfg(test)]
mod file_tests;
mod ids;
mod line_numbers;
mod listing;
mod locality;
mod location;
mod plain_text;
mod price_text;
#[cfg(test)]
mod price_text_tests;
mod rating;
mod report;
mod reviews;
mod row_error;
#[cfg(test)]
mod row_tests;
mod run;
mod source_file;
mod survey;
#[cfg(test)]
mod tests;
mod vocabulary;
mod wrong_file;

pub use args::ImportArgs;
pub(crate) use batch_writer::add_counts;
pub use error::ImportError;
pub(crate) use ids::derived_uuid;
pub use report::{ErrorKind, FileReport, ImportReport, Sample, Tally};
pub use row_error::RowError;
pub use run::inside_airbnb;
pub use wrong_file::WrongFile;
