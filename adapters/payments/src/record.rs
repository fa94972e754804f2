//! A record of the journal: a request and its outcome as a line of JSON.

use serde::{Deserialize, Serialize};
use sojourn_application::ports::GatewayRequest;
use sojourn_domain::payment::{GatewayCallKind, GatewayOutcome};
use sojourn_domain::shared::{Currency, Money, PaymentId};

#[derive(Debug, Serialize, Deserialize)]
struct Record {
    #[serde(rename = "key")]
    idempotency_key: String,
    payment: PaymentId,
    kind: GatewayCallKind,
    amount: i64,
    currency: Currency,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    account: Option<String>,
    #[serde(flatten)]
    outcome: StoredOutcome,
}

#[derive(Debug, Serialize, Deserialize)]
enum StoredOutcome {
    /// With the reference of the charge.
    #[serde(rename = "done")]
    Executed(String),
    /// With the error code.
    #[serde(rename = "refused")]
    Declined(String),
}

/// The line of a record, with its line break.
pub(crate) fn to_line(
    request: &GatewayRequest,
    outcome: &GatewayOutcome,
) -> serde_json::Result<Vec<u8>> {
    let request = request.clone();
    let record = Record {
        idempotency_key: request.idempotency_key,
        payment: request.payment,
        kind: request.kind,
        amount: request.amount.amount(),
        currency: request.amount.currency(),
        method: request.method,
        reference: request.reference,
        account: request.account,
        outcome: match outcome.clone() {
            GatewayOutcome::Succeeded { reference } => StoredOutcome::Executed(reference),
            GatewayOutcome::Refused { code } => StoredOutcome::Declined(code),
        },
    };
    let mut line = serde_json::to_vec(&record)?;
    line.push(b'\n');
    Ok(line)
}

/// The request and the outcome of a line.
pub(crate) fn from_line(line: &[u8]) -> serde_json::Result<(GatewayRequest, GatewayOutcome)> {
    let record: Record = serde_json::from_slice(line)?;
    let request = GatewayRequest {
        idempotency_key: record.idempotency_key,
        kind: record.kind,
        amount: Money::new(record.amount, record.currency),
        method: record.method,
        reference: record.reference,
        account: record.account,
        payment: record.payment,
    };
    let outcome = match record.outcome {
        StoredOutcome::Executed(reference) => GatewayOutcome::Succeeded { reference },
        StoredOutcome::Declined(code) => GatewayOutcome::Refused { code },
    };
    Ok((request, outcome))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Journals outlive the program: their lines must remain readable.
    #[test]
    fn the_stored_form_does_not_change() {
        for line in [
            concat!(
                r#"{"key":"k","payment":"00000000-0000-0000-0000-000000000007","kind":"capture","#,
                r#""amount":100,"currency":"EUR","method":"pm_card_visa","done":"sim_paid_100EUR_k"}"#,
                "\n"
            ),
            concat!(
                r#"{"key":"r","payment":"00000000-0000-0000-0000-000000000007","kind":"refund","#,
                r#""amount":1,"currency":"EUR","reference":"ch_1","refused":"resource_missing"}"#,
                "\n"
            ),
        ] {
            let (request, outcome) = from_line(line.as_bytes()).unwrap();
            assert_eq!(to_line(&request, &outcome).unwrap(), line.as_bytes());
        }
    }
}
