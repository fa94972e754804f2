//! Use cases of payouts.

mod balance;
mod list;
mod statement;

pub use balance::balance;
pub use list::{ListPayouts, list};
pub use statement::{StatementLine, statement};
