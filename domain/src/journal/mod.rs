//! Double entries: amounts on accounts that sum to zero, and the causes for which they are posted.

pub(crate) mod entry;
pub(crate) mod postings;

pub use entry::{JournalEntry, PostingReason};
pub use postings::{Account, Postings, PostingsError};
