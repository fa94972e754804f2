//! What an operator does about a finding.

use sojourn_domain::ledger::Check;

/// What to do about an audit log that is not whole.
pub(super) const BROKEN_LOG: &str = "no line is ever changed, so it was written by hand or restored in part: compare \
it with a backup, and find out who can write to the database";

/// What to do about a finding of this kind.
pub(super) const fn advice(check: Check) -> &'static str {
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
        Check::Stray => {
            "it was left by a partial restore or written by hand: restore it whole from a backup"
        }
    }
}
