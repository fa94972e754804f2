//! The journal: its rows, postings, and the accounts of hosts.

pub(crate) mod host_account;
pub(crate) mod insert;
pub(crate) mod row;
