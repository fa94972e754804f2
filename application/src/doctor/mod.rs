//! Whether what is stored makes sense.

mod examine;

pub use examine::{Report, examine};
