//! Reviews: what a guest says of a property and a host of a guest, neither seeing the other's first.

mod record;
mod repository;
mod scores;

pub use record::{Review, ReviewChange, ReviewError, ReviewRecord, ReviewText, Subject};
#[cfg(feature = "mocks")]
pub use repository::MockReviewRepository;
pub use repository::ReviewRepository;
pub use scores::{Category, Scores};
