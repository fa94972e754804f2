//! Reads for screens.

mod books;
mod dossiers;
mod journal_pages;
mod ledger;
mod lists;
mod page;
mod payout_pages;
mod search;
mod search_sql;
mod sql;
mod stray;
