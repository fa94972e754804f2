//! Reviews, double-blind: of a property by its guest, and of a guest by the host.

mod record;
mod repository;
mod scores;

pub use record::{Review, ReviewChange, ReviewError, ReviewRecord, ReviewText, Subject};
#[cfg(feature = "mocks")]
pub use repository::MockReviewRepository;
pub use repository::ReviewRepository;
pub use scores::{Category, Scores};
