//! References of the gateway. The reference of a charge contains its amount, so that a gateway without the record of
//! the charge (on another machine, or after its journal was lost) never refunds more than was captured.

use sojourn_application::ports::GatewayRequest;
use sojourn_domain::payment::GatewayCallKind;
use sojourn_domain::shared::{Currency, Money};

const AUTHORIZED_PREFIX: &str = "sim_auth";
const CAPTURED_PREFIX: &str = "sim_paid";

/// The stage of a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChargeStage {
    /// The amount is reserved.
    Authorized,
    /// The amount is taken.
    Captured,
}

/// The reference of the result of a request.
pub(crate) fn reference_for(request: &GatewayRequest) -> String {
    let key = &request.idempotency_key;
    match request.kind {
        GatewayCallKind::Authorize => format_reference(AUTHORIZED_PREFIX, request.amount, key),
        GatewayCallKind::Capture => format_reference(CAPTURED_PREFIX, request.amount, key),
        GatewayCallKind::Void | GatewayCallKind::Refund | GatewayCallKind::Payout => {
            format!("sim_{key}")
        }
    }
}

/// The reference of a charge that was captured outside of the gateway, such as an imported or generated one. It can be
/// refunded.
#[must_use]
pub fn reference_for_import(amount: Money, key: &str) -> String {
    format_reference(CAPTURED_PREFIX, amount, key)
}

fn format_reference(prefix: &str, amount: Money, key: &str) -> String {
    format!(
        "{prefix}_{}{}_{key}",
        amount.amount(),
        amount.currency().code()
    )
}

/// The stage and the amount in a reference; `None` when it is not that of a charge.
pub(crate) fn parse_reference(reference: &str) -> Option<(ChargeStage, Money)> {
    let authorized = reference.strip_prefix(AUTHORIZED_PREFIX);
    let captured = reference.strip_prefix(CAPTURED_PREFIX);
    let (stage, rest) = match (authorized, captured) {
        (Some(rest), _) => (ChargeStage::Authorized, rest),
        (None, Some(rest)) => (ChargeStage::Captured, rest),
        (None, None) => return None,
    };
    let (money, _key) = rest.strip_prefix('_')?.split_once('_')?;
    let (amount, currency) = money.split_at_checked(money.len().checked_sub(3)?)?;
    let amount = amount.parse().ok().filter(|amount: &i64| *amount >= 0)?;
    Some((stage, Money::new(amount, Currency::restore(currency).ok()?)))
}
