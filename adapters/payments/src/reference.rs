//! How the gateway names what it did. The name of a charge tells what it is worth, so that a gateway whose book
//! does not have it (one on another machine, one whose book was lost) still gives back no more than was taken.

use sojourn_application::ports::Charge;
use sojourn_domain::payment::CallKind;
use sojourn_domain::shared::{Currency, Money};

const AUTHORIZED: &str = "sim_auth";
const PAID: &str = "sim_paid";

/// Whether a charge is reserved or taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Reserved.
    Authorized,
    /// Taken.
    Paid,
}

/// The name of what is done for a question.
pub(crate) fn name(charge: &Charge) -> String {
    let key = &charge.idempotency_key;
    match charge.kind {
        CallKind::Authorize => named(AUTHORIZED, charge.amount, key),
        CallKind::Capture => named(PAID, charge.amount, key),
        CallKind::Void | CallKind::Refund | CallKind::Payout => format!("sim_{key}"),
    }
}

/// The name of a charge that was taken before there was a gateway: what is made up, or brought along, is refunded
/// by it.
#[must_use]
pub fn paid_before(amount: Money, key: &str) -> String {
    named(PAID, amount, key)
}

fn named(prefix: &str, amount: Money, key: &str) -> String {
    format!(
        "{prefix}_{}{}_{key}",
        amount.amount(),
        amount.currency().code()
    )
}

/// What a name tells of its charge; none when it names no charge.
pub(crate) fn told(reference: &str) -> Option<(Stage, Money)> {
    let (stage, rest) = match (
        reference.strip_prefix(AUTHORIZED),
        reference.strip_prefix(PAID),
    ) {
        (Some(rest), _) => (Stage::Authorized, rest),
        (None, Some(rest)) => (Stage::Paid, rest),
        (None, None) => return None,
    };
    let (worth, _key) = rest.strip_prefix('_')?.split_once('_')?;
    let (amount, currency) = worth.split_at_checked(worth.len().checked_sub(3)?)?;
    let amount = amount.parse().ok().filter(|amount: &i64| *amount >= 0)?;
    Some((stage, Money::new(amount, Currency::parse(currency).ok()?)))
}
