//! Import of data that other sites publish.

mod args;
mod batch_writer;
mod calendar;
mod csv_file;
mod error;
mod ids;
mod listing;
mod location;
mod plain_text;
mod report;
mod reviews;
mod run;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use args::ImportArgs;
pub(crate) use batch_writer::add_counts;
pub use error::ImportError;
pub(crate) use ids::derived_uuid;
pub use report::{FileReport, ImportReport, Tally};
pub use run::inside_airbnb;
