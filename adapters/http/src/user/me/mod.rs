//! The account of the caller over HTTP.

pub(super) mod erase_me;
pub(super) mod get_me;
pub(super) mod update_me;
