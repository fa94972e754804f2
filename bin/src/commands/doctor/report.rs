//! The report of `sojourn doctor`, as text and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};
use sojourn_application::integrity::IntegrityReport;
use sojourn_application::ports::{AuditChain, Balances};
use sojourn_domain::ledger::{Account, Finding};

use super::advice::{BROKEN_AUDIT_LOG, advice};

/// True when nothing was found.
pub(super) const fn is_clean(report: &IntegrityReport) -> bool {
    report.findings.is_empty() && report.audit.broken_at.is_none()
}

/// The report as text: totals, balances, and one line for each finding.
pub(super) fn render_text(report: &IntegrityReport) -> String {
    let mut text = format!(
        "checked {} bookings and {} journal entries\n",
        report.bookings, report.entries
    );
    let _written = writeln!(text, "{}", audit_log_summary(&report.audit));
    for balances in &report.balances {
        let _written = write!(text, "\n{}", balances_table(balances));
    }
    let found = report.findings.len() + usize::from(report.audit.broken_at.is_some());
    let _written = match found {
        0 => write!(text, "\nno findings"),
        1 => write!(text, "\n1 finding:"),
        _ => write!(text, "\n{found} findings:"),
    };
    for finding in &report.findings {
        let subject = subject(finding);
        let Finding { check, detail, .. } = finding;
        let _written = write!(
            text,
            "\n{check}  {subject}: {detail}. Advice: {}",
            advice(*check)
        );
    }
    if let Some(line) = report.audit.broken_at {
        let _written = write!(
            text,
            "\naudit_log  line {line}: missing, changed or out of order. Advice: {BROKEN_AUDIT_LOG}"
        );
    }
    text
}

fn audit_log_summary(log: &AuditChain) -> String {
    let AuditChain {
        lines,
        head,
        unsealed,
        broken_at,
    } = log;
    let unsealed = match unsealed {
        0 => String::new(),
        1 => " (line 1 is from before lines were sealed)".to_owned(),
        last => format!(" (lines 1 to {last} are from before lines were sealed)"),
    };
    match (broken_at, head) {
        (Some(line), _) => format!("audit log: {lines} lines, broken at line {line}"),
        (None, Some(head)) => {
            format!("audit log: {lines} lines, authentic; last hash {head}{unsealed}")
        }
        (None, None) => "audit log: no lines yet".to_owned(),
    }
}

fn balances_table(balances: &Balances) -> String {
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

fn subject(finding: &Finding) -> String {
    match finding.booking_id {
        Some(booking) => format!("booking {booking} of property {}", finding.property_id),
        None => format!("property {}", finding.property_id),
    }
}

/// The report as JSON.
pub(super) fn render_json(report: &IntegrityReport) -> String {
    let findings: Vec<Value> = report.findings.iter().map(finding_json).collect();
    let balances: Vec<Value> = report.balances.iter().map(balances_json).collect();
    let AuditChain {
        lines,
        head,
        unsealed,
        broken_at,
    } = &report.audit;
    let report = json!({
        "bookings": report.bookings,
        "entries": report.entries,
        "audit_log": {
            "lines": lines,
            "head": head,
            "unsealed": unsealed,
            "broken_at": broken_at,
            "advice": broken_at.map(|_| BROKEN_AUDIT_LOG),
        },
        "balances": balances,
        "findings": findings,
    });
    format!("{report:#}")
}

fn finding_json(finding: &Finding) -> Value {
    json!({
        "check": finding.check.as_str(),
        "property_id": finding.property_id.to_string(),
        "booking_id": finding.booking_id.map(|id| id.to_string()),
        "detail": finding.detail,
        "advice": advice(finding.check),
    })
}

fn balances_json(balances: &Balances) -> Value {
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
    use sojourn_domain::ledger::{IntegrityCheck, Postings};
    use sojourn_domain::shared::{BookingId, Currency, Money, PropertyId};
    use uuid::Uuid;

    use super::*;

    fn report(findings: Vec<Finding>, broken_at: Option<i64>) -> IntegrityReport {
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
            unsealed: 2,
            broken_at,
        };
        IntegrityReport {
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
            check: IntegrityCheck::OwedToGuest,
            detail: "5.00 USD".into(),
        }
    }

    #[test]
    fn a_finding_is_one_line_with_advice() {
        let clean = report(Vec::new(), None);
        assert!(is_clean(&clean));
        let clean = render_text(&clean);
        assert!(
            clean.starts_with("checked 3 bookings and 7 journal entries\n"),
            "{clean}"
        );
        assert!(
            clean.contains("\naudit log: 12 lines, authentic; last hash abab"),
            "{clean}"
        );
        assert!(
            clean.contains("abab (lines 1 to 2 are from before lines were sealed)\n"),
            "{clean}"
        );
        assert!(
            clean.contains("\n  host_payable                   -123.45\n"),
            "{clean}"
        );
        assert!(clean.ends_with("\nno findings"), "{clean}");
        let faulty = report(vec![finding(), finding()], None);
        assert!(!is_clean(&faulty));
        let faulty = render_text(&faulty);
        let lines: Vec<_> = faulty
            .lines()
            .filter(|line| line.starts_with("owed_to_guest  booking 0"))
            .collect();
        assert_eq!(lines.len(), 2, "{faulty}");
        assert!(lines[0].contains(": 5.00 USD. Advice: "), "{faulty}");
    }

    #[test]
    fn a_broken_audit_log_is_a_finding() {
        let broken = report(Vec::new(), Some(5));
        assert!(!is_clean(&broken));
        let shown = render_text(&broken);
        assert!(
            shown.contains("\naudit log: 12 lines, broken at line 5\n"),
            "{shown}"
        );
        assert!(
            shown.contains("\n1 finding:\naudit_log  line 5: "),
            "{shown}"
        );
        let read: Value = serde_json::from_str(&render_json(&broken)).unwrap();
        assert_eq!(
            (&read["audit_log"]["lines"], &read["audit_log"]["broken_at"]),
            (&12.into(), &5.into())
        );
        assert!(read["audit_log"]["advice"].is_string());
    }

    #[test]
    fn json_has_the_same_content() {
        let read: Value =
            serde_json::from_str(&render_json(&report(vec![finding()], None))).unwrap();
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
