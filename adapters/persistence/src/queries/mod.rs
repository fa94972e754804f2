//! Reads for screens.

mod lists;
mod page;
mod search;
mod search_sql;
mod sql;
