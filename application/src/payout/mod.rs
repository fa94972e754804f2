//! Use cases of payouts.

mod balance;
mod list;
mod statement;
mod waive_debt;

pub use balance::balance;
pub use list::{ListPayouts, list};
pub use statement::{StatementLine, statement};
pub use waive_debt::{WaiveDebtError, waive_debt};
