//! Loading what other sites publish.

mod args;
mod batches;
mod calendar;
mod error;
mod ids;
mod listing;
mod place;
mod report;
mod reviews;
mod run;
mod source;
#[cfg(test)]
mod tests;
mod text;
mod trade;

pub use args::ImportArgs;
pub(crate) use batches::sum;
pub use error::ImportError;
pub(crate) use ids::derived;
pub use report::{FileReport, ImportReport, Tally};
pub use run::inside_airbnb;
