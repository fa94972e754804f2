//! What the doctor says.

use std::fmt::Write as _;

use serde_json::{Value, json};
use sojourn_application::doctor::Report;
use sojourn_application::ports::{AuditChain, Balances};
use sojourn_domain::ledger::{Account, Finding};

use super::doctor_advice::{BROKEN_LOG, advice};

/// Whether nothing is wrong.
pub(super) const fn sound(report: &Report) -> bool {
    report.findings.is_empty() && report.audit.broken_at.is_none()
}

/// The report to read: what was examined, the balances, and a line for each finding.
pub(super) fn text(report: &Report) -> String {
    let mut text = format!(
        "examined {} bookings and {} entries of the journal\n",
        report.bookings, report.entries
    );
    let _written = writeln!(text, "{}", of_log(&report.audit));
    for balances in &report.balances {
        let _written = write!(text, "\n{}", of_currency(balances));
    }
    let found = report.findings.len() + usize::from(report.audit.broken_at.is_some());
    let _written = match found {
        0 => write!(text, "\nnothing is wrong"),
        1 => write!(text, "\n1 finding:"),
        _ => write!(text, "\n{found} findings:"),
    };
    for finding in &report.findings {
        let place = place(finding);
        let Finding { check, detail, .. } = finding;
        let _written = write!(
            text,
            "\n{check}  {place}: {detail}. To do: {}",
            advice(*check)
        );
    }
    if let Some(line) = report.audit.broken_at {
        let _written = write!(
            text,
            "\naudit_log  line {line}: missing, changed or out of order. To do: {BROKEN_LOG}"
        );
    }
    text
}

fn of_log(log: &AuditChain) -> String {
    let AuditChain {
        lines,
        head,
        broken_at,
    } = log;
    match (broken_at, head) {
        (Some(line), _) => format!("audit log: {lines} lines, broken at line {line}"),
        (None, Some(head)) => format!("audit log: {lines} lines, whole; the last is {head}"),
        (None, None) => "audit log: no lines yet".to_owned(),
    }
}

fn of_currency(balances: &Balances) -> String {
    let mut lines = format!("balances in {}\n", balances.currency);
    for &account in Account::ALL {
        let amount = balances.postings.on(account).to_string();
        let amount = amount
            .strip_suffix(balances.currency.code())
            .unwrap_or(&amount)
            .trim_end();
        let _written = writeln!(lines, "  {:<18}{amount:>20}", account.as_str());
    }
    lines
}

fn place(finding: &Finding) -> String {
    match finding.booking_id {
        Some(booking) => format!("booking {booking} of property {}", finding.property_id),
        None => format!("property {}", finding.property_id),
    }
}

/// The same as JSON.
pub(super) fn json(report: &Report) -> String {
    let findings: Vec<Value> = report.findings.iter().map(of_finding).collect();
    let balances: Vec<Value> = report.balances.iter().map(as_json).collect();
    let AuditChain {
        lines,
        head,
        broken_at,
    } = &report.audit;
    let report = json!({
        "bookings": report.bookings,
        "entries": report.entries,
        "audit_log": {
            "lines": lines,
            "head": head,
            "broken_at": broken_at,
            "advice": broken_at.map(|_| BROKEN_LOG),
        },
        "balances": balances,
        "findings": findings,
    });
    format!("{report:#}")
}

fn of_finding(finding: &Finding) -> Value {
    json!({
        "check": finding.check.as_str(),
        "property_id": finding.property_id.to_string(),
        "booking_id": finding.booking_id.map(|id| id.to_string()),
        "detail": finding.detail,
        "advice": advice(finding.check),
    })
}

fn as_json(balances: &Balances) -> Value {
    let amounts = Account::ALL.iter().map(|&account| {
        (
            account.as_str().to_owned(),
            Value::from(balances.postings.on(account).amount()),
        )
    });
    let currency = ("currency".to_owned(), Value::from(balances.currency.code()));
    Value::Object(std::iter::once(currency).chain(amounts).collect())
}

#[cfg(test)]
mod tests {
    use sojourn_domain::ledger::{Check, Postings};
    use sojourn_domain::shared::{BookingId, Currency, Money, PropertyId};
    use uuid::Uuid;

    use super::*;

    fn report(findings: Vec<Finding>, broken_at: Option<i64>) -> Report {
        let usd = Currency::parse("USD").unwrap();
        let amounts = [
            (Account::ProcessorCash, Money::new(123_45, usd)),
            (Account::HostPayable, Money::new(-123_45, usd)),
        ];
        let postings = Postings::try_new(usd, amounts).unwrap();
        let balances = vec![Balances {
            currency: usd,
            postings,
        }];
        let audit = AuditChain {
            lines: 12,
            head: Some("ab".repeat(32)),
            broken_at,
        };
        Report {
            bookings: 3,
            entries: 7,
            balances,
            findings,
            audit,
        }
    }

    fn finding() -> Finding {
        Finding {
            property_id: PropertyId::new(Uuid::from_u128(1)),
            booking_id: Some(BookingId::new(Uuid::from_u128(2))),
            check: Check::OwedToGuest,
            detail: "5.00 USD".into(),
        }
    }

    #[test]
    fn a_finding_is_one_line_that_says_what_to_do() {
        let clean = report(Vec::new(), None);
        assert!(sound(&clean));
        let clean = text(&clean);
        assert!(
            clean.starts_with("examined 3 bookings and 7 entries of the journal\n"),
            "{clean}"
        );
        assert!(
            clean.contains("\naudit log: 12 lines, whole; the last is abab"),
            "{clean}"
        );
        assert!(
            clean.contains("\n  host_payable                   -123.45\n"),
            "{clean}"
        );
        assert!(clean.ends_with("\nnothing is wrong"), "{clean}");
        let sick = report(vec![finding(), finding()], None);
        assert!(!sound(&sick));
        let sick = text(&sick);
        let lines: Vec<_> = sick
            .lines()
            .filter(|line| line.starts_with("owed_to_guest  booking 0"))
            .collect();
        assert_eq!(lines.len(), 2, "{sick}");
        assert!(lines[0].contains(": 5.00 USD. To do: "), "{sick}");
    }

    #[test]
    fn a_broken_log_is_a_finding() {
        let broken = report(Vec::new(), Some(5));
        assert!(!sound(&broken));
        let said = text(&broken);
        assert!(
            said.contains("\naudit log: 12 lines, broken at line 5\n"),
            "{said}"
        );
        assert!(said.contains("\n1 finding:\naudit_log  line 5: "), "{said}");
        let read: Value = serde_json::from_str(&json(&broken)).unwrap();
        assert_eq!(
            (&read["audit_log"]["lines"], &read["audit_log"]["broken_at"]),
            (&12.into(), &5.into())
        );
        assert!(read["audit_log"]["advice"].is_string());
    }

    #[test]
    fn json_says_the_same() {
        let read: Value = serde_json::from_str(&json(&report(vec![finding()], None))).unwrap();
        assert_eq!(read["bookings"], 3);
        assert_eq!(read["balances"][0]["processor_cash"], 123_45);
        assert_eq!(read["audit_log"]["head"], "ab".repeat(32));
        assert!(read["audit_log"]["broken_at"].is_null() && read["audit_log"]["advice"].is_null());
        assert_eq!(read["findings"][0]["check"], "owed_to_guest");
        assert!(
            read["findings"][0]["advice"]
                .as_str()
                .is_some_and(|advice| advice.len() > 20)
        );
    }
}
