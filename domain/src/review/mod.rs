//! Double-blind reviews: of a property by its guest, and of a guest by the host.

mod check_record;
#[cfg(test)]
mod check_record_tests;
pub(crate) mod repository;
pub(crate) mod response_state;
pub(crate) mod review;
pub(crate) mod scores;

#[cfg(feature = "mocks")]
pub use repository::MockReviewRepository;
pub use repository::ReviewCommitError;
#[cfg(feature = "repositories")]
pub use repository::ReviewRepository;
pub use response_state::ResponseState;
pub use review::{Review, ReviewChange, ReviewError, ReviewRecord, ReviewText, Subject};
pub use scores::{Category, Scores};
