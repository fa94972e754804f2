//! Copying all data to a database of another kind.

mod order;
mod run;

pub use run::{CopiedRows, CopyError, CopyProgress};
