//! Operations of payments and refunds.

use super::{admin_list_refunds, admin_refund, expand, get, list, pay, refund};
use crate::operations::{Operation, operation};

/// All operations, in the order in which their paths are searched.
pub fn operations() -> Vec<Operation> {
    vec![
        operation!(list::list_payments, schemas(expand::PaymentExpansion)),
        operation!(pay::create_payment),
        operation!(get::get_payment),
        operation!(refund::refund_payment),
        operation!(admin_list_refunds::admin_list_refunds),
        operation!(admin_refund::admin_refund_payment),
    ]
}
