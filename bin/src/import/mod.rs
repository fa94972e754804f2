//! Import of data that other sites publish.

mod args;
mod batch_writer;
mod calendar;
mod error;
mod file;
mod ids;
mod listing;
mod locality;
mod location;
mod plain_text;
mod price;
mod rating;
mod report;
mod reviews;
mod row_error;
#[cfg(test)]
mod row_tests;
mod run;
mod survey;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use args::ImportArgs;
pub(crate) use batch_writer::add_counts;
pub use error::ImportError;
pub use file::wrong_file::WrongFile;
pub(crate) use ids::derived_uuid;
pub use report::{ErrorKind, FileReport, ImportReport, Occurrences, Sample};
pub use row_error::RowError;
pub use run::inside_airbnb;
