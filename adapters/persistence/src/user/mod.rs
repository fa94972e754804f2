//! Accounts.

pub(crate) mod mail_quota;
pub(crate) mod obligations;
pub(crate) mod queries;
pub(crate) mod repository;
pub(crate) mod row;
