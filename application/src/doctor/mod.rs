//! Integrity checks of the stored data.

mod examine;

pub use examine::{Report, examine};
