//! What the doctor says.

use std::fmt::Write as _;

use serde_json::{Value, json};
use sojourn_application::doctor::Report;
use sojourn_application::ports::Balances;
use sojourn_domain::ledger::{Account, Check, Finding};

/// The report to read: what was examined, the balances, and a line for each finding.
pub(super) fn text(report: &Report) -> String {
    let mut text =
        format!("examined {} bookings and {} entries of the journal\n", report.bookings, report.entries);
    for balances in &report.balances {
        let _written = write!(text, "\n{}", of_currency(balances));
    }
    let found = report.findings.len();
    let _written = match found {
        0 => write!(text, "\nnothing is wrong"),
        1 => write!(text, "\n1 finding:"),
        _ => write!(text, "\n{found} findings:"),
    };
    for finding in &report.findings {
        let place = place(finding);
        let Finding { check, detail, .. } = finding;
        let _written = write!(text, "\n{check}  {place}: {detail}. To do: {}", advice(*check));
    }
    text
}

fn of_currency(balances: &Balances) -> String {
    let mut lines = format!("balances in {}\n", balances.currency);
    for &account in Account::ALL {
        let amount = balances.postings.on(account).to_string();
        let amount = amount.strip_suffix(balances.currency.code()).unwrap_or(&amount).trim_end();
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
    let report = json!({
        "bookings": report.bookings,
        "entries": report.entries,
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
    let amounts = Account::ALL
        .iter()
        .map(|&account| (account.as_str().to_owned(), Value::from(balances.postings.on(account).amount())));
    let currency = ("currency".to_owned(), Value::from(balances.currency.code()));
    Value::Object(std::iter::once(currency).chain(amounts).collect())
}

/// What an operator does about it.
const fn advice(check: Check) -> &'static str {
    match check {
        Check::Balance => {
            "entries of the journal are never changed, so some were lost or written by hand: restore them from a backup"
        }
        Check::Position | Check::Receivable | Check::Payouts => {
            "compare the booking's history with GET /v1/admin/ledger?booking=<id>, and report it as a defect with this line"
        }
        Check::Cash | Check::Refunds | Check::PaidOut => {
            "compare the payment with the payment provider's own list, and report it as a defect with this line"
        }
        Check::OwedToGuest => {
            "the payment provider refused to give it back: try again with POST /v1/payments/<id>/refunds, or send it another way"
        }
        Check::Unpaid => {
            "ask the payment provider whether the charge was reversed; cancel the booking if the guest does not pay"
        }
        Check::Nights => {
            "make sure that nobody else stays there on these nights, and report it as a defect with this line"
        }
        Check::Rating => "it is counted anew when the next review of the property is published",
        Check::Stray => "it was left by a partial restore or written by hand: restore it whole from a backup",
    }
}

#[cfg(test)]
mod tests {
    use sojourn_domain::ledger::Postings;
    use sojourn_domain::shared::{BookingId, Currency, Money, PropertyId};
    use uuid::Uuid;

    use super::*;

    fn report(findings: Vec<Finding>) -> Report {
        let usd = Currency::parse("USD").unwrap();
        let amounts = [
            (Account::ProcessorCash, Money::new(123_45, usd)),
            (Account::HostPayable, Money::new(-123_45, usd)),
        ];
        let postings = Postings::try_new(usd, amounts).unwrap();
        Report { bookings: 3, entries: 7, balances: vec![Balances { currency: usd, postings }], findings }
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
        let clean = text(&report(Vec::new()));
        assert!(clean.starts_with("examined 3 bookings and 7 entries of the journal\n"), "{clean}");
        assert!(clean.contains("\n  host_payable                   -123.45\n"), "{clean}");
        assert!(clean.ends_with("\nnothing is wrong"), "{clean}");
        let sick = text(&report(vec![finding(), finding()]));
        let lines: Vec<_> =
            sick.lines().filter(|line| line.starts_with("owed_to_guest  booking 0")).collect();
        assert_eq!(lines.len(), 2, "{sick}");
        assert!(lines[0].contains(": 5.00 USD. To do: "), "{sick}");
    }

    #[test]
    fn json_says_the_same() {
        let read: Value = serde_json::from_str(&json(&report(vec![finding()]))).unwrap();
        assert_eq!(read["bookings"], 3);
        assert_eq!(read["balances"][0]["processor_cash"], 123_45);
        assert_eq!(read["findings"][0]["check"], "owed_to_guest");
        assert!(read["findings"][0]["advice"].as_str().is_some_and(|advice| advice.len() > 20));
    }
}
