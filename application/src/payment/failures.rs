//! Failures that payments, acceptances and alterations share.

use crate::failure::{Failure, FailureKind};

/// The provider refused the payment: its code if it is a documented one, otherwise `card_declined`.
pub(crate) fn payment_refused(code: &str) -> Failure {
    let (code, detail) = match code {
        "insufficient_funds" => (
            "insufficient_funds",
            "The card has insufficient funds. Use another card.",
        ),
        "authentication_required" => (
            "authentication_required",
            "The bank requires the cardholder to authenticate.",
        ),
        "invalid_payment_method" => ("invalid_payment_method", "No such payment method."),
        _ => ("card_declined", "The card was declined. Use another card."),
    };
    Failure::new(FailureKind::PaymentRefused, code, detail)
}

/// The provider declined a refund. It is an answer: repeating the request does not change it.
pub(crate) fn refund_declined() -> Failure {
    let detail = "The payment provider declined the refund. What is owed to the guest is retried \
                  automatically; any other refund can be requested again with a new key.";
    Failure::conflict("refund_declined", detail)
}

/// The payment provider does not respond.
pub(crate) fn gateway_unavailable() -> Failure {
    let detail = "The payment provider does not respond. Retry later; a retry never charges twice.";
    Failure::unavailable("payment_unavailable", detail)
}
