//! Operations of payouts.

use super::{balance, list, statement, waive_debt};
use crate::operations::{Operation, operation};

/// All operations, in the order in which their paths are searched.
pub fn operations() -> Vec<Operation> {
    vec![
        operation!(list::list_payouts),
        operation!(balance::get_payout_balance),
        operation!(statement::get_payout_statement),
        operation!(waive_debt::waive_debt),
    ]
}
