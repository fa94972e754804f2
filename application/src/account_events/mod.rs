//! Following the events of an account.

mod feed;
#[cfg(test)]
mod feed_tests;
mod position;

pub use feed::{EventFeed, FollowError, Follower};
pub use position::{EventPosition, PositionError};
