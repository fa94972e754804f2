//! Reads for screens.

mod audit_pages;
mod books;
mod dossiers;
mod journal_pages;
mod ledger;
mod lists;
mod obligations;
mod page;
mod payout_pages;
mod property_pages;
mod refund_pages;
mod search;
mod search_sql;
mod sql;
mod stray;

pub(crate) use audit_pages::audit_lines;
