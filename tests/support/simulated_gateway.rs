//! Calls executed by the simulated payment gateway, and those recorded by the payments.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use sojourn_application::ports::Ports;
use sojourn_domain::payment::EntryKind;

/// Kind and amount by idempotency key.
type Done = BTreeMap<String, (String, i64)>;

/// Executed calls in the gateway's journal; fails on a duplicate key.
pub fn gateway_calls(folder: &Path) -> Done {
    let text = std::fs::read_to_string(folder.join("gateway.jsonl")).unwrap_or_default();
    let mut done = Done::new();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        if line["done"].is_string() {
            let key = line["key"].as_str().unwrap().to_owned();
            let what = (
                line["kind"].as_str().unwrap().to_owned(),
                line["amount"].as_i64().unwrap(),
            );
            assert_eq!(done.insert(key, what), None, "done twice: {line}");
        }
    }
    done
}

/// Executed calls according to the entries of all payments.
pub async fn recorded_calls(ports: &Ports) -> Done {
    let mut done = Done::new();
    let mut after = None;
    loop {
        let page = ports.ledger.booking_snapshots(after, 200).await.unwrap();
        assert_eq!(page.damaged, []);
        let snapshots = page.snapshots;
        if page.last.is_none() {
            return done;
        }
        after = page.last;
        let payments = snapshots
            .iter()
            .filter_map(|snapshot| snapshot.payment.as_ref());
        for entry in payments.flat_map(|payment| &payment.entries) {
            let kind = match entry.kind {
                EntryKind::Authorization => "authorize",
                EntryKind::Failure | EntryKind::PayoutFailure => continue,
                EntryKind::Capture | EntryKind::Void | EntryKind::Refund | EntryKind::Payout => {
                    entry.kind.as_str()
                }
            };
            let what = (kind.to_owned(), entry.amount.amount());
            assert_eq!(
                done.insert(entry.id.to_string(), what),
                None,
                "said twice: {entry:?}"
            );
        }
    }
}
