//! A line of the book: a question and its answer, as JSON.

use serde::{Deserialize, Serialize};
use sojourn_application::ports::Charge;
use sojourn_domain::payment::{CallKind, GatewayOutcome};
use sojourn_domain::shared::{Currency, Money, PaymentId};

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    key: String,
    payment: PaymentId,
    kind: CallKind,
    amount: i64,
    currency: Currency,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    account: Option<String>,
    #[serde(flatten)]
    outcome: Outcome,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Done(String),
    Refused(String),
}

/// The line, with its end.
pub(crate) fn write(charge: &Charge, outcome: &GatewayOutcome) -> serde_json::Result<Vec<u8>> {
    let charge = charge.clone();
    let line = Line {
        key: charge.idempotency_key,
        payment: charge.payment,
        kind: charge.kind,
        amount: charge.amount.amount(),
        currency: charge.amount.currency(),
        method: charge.method,
        reference: charge.reference,
        account: charge.account,
        outcome: match outcome.clone() {
            GatewayOutcome::Done { reference } => Outcome::Done(reference),
            GatewayOutcome::Refused { code } => Outcome::Refused(code),
        },
    };
    let mut written = serde_json::to_vec(&line)?;
    written.push(b'\n');
    Ok(written)
}

/// What a line says.
pub(crate) fn read(line: &[u8]) -> serde_json::Result<(Charge, GatewayOutcome)> {
    let line: Line = serde_json::from_slice(line)?;
    let charge = Charge {
        idempotency_key: line.key,
        kind: line.kind,
        amount: Money::new(line.amount, line.currency),
        method: line.method,
        reference: line.reference,
        account: line.account,
        payment: line.payment,
    };
    let outcome = match line.outcome {
        Outcome::Done(reference) => GatewayOutcome::Done { reference },
        Outcome::Refused(code) => GatewayOutcome::Refused { code },
    };
    Ok((charge, outcome))
}
