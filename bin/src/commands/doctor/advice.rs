//! Advice for each kind of finding.

use sojourn_domain::ledger::IntegrityCheck;

/// Advice for a broken audit log.
pub(super) const BROKEN_AUDIT_LOG: &str = "lines are never changed by the program, so the log was edited or partially restored, or a secret was removed before a \
server had started with its successor: compare it with a backup and with the heads in the logs of the server, and \
review who can write to the database";

/// Advice for a finding of the given kind.
pub(super) const fn advice(check: IntegrityCheck) -> &'static str {
    match check {
        IntegrityCheck::Balance => {
            "journal entries are never changed by the program, so some were lost or edited: restore them from a backup"
        }
        IntegrityCheck::Allocation | IntegrityCheck::Receivable | IntegrityCheck::Payouts => {
            "compare the booking's history with GET /v1/admin/ledger?booking_id=<id>, and report a bug with this line"
        }
        IntegrityCheck::Cash | IntegrityCheck::PaidOut => {
            "compare the payment with the records of the payment provider, and report a bug with this line"
        }
        IntegrityCheck::OwedToGuest => {
            "the payment provider declined the refund: retry with POST /v1/payments/<id>/refunds, or pay the guest by other means"
        }
        IntegrityCheck::Unpaid => {
            "check with the payment provider whether the charge was reversed; cancel the booking if the guest does not pay"
        }
        IntegrityCheck::Nights => {
            "make sure that these nights are not booked twice, and report a bug with this line"
        }
        IntegrityCheck::Rating => {
            "it is recalculated when the next review of the property is published"
        }
        IntegrityCheck::Damaged => {
            "the program stores no such row, so it was edited or partially restored: restore it from a backup; until then every request for it fails"
        }
        IntegrityCheck::Orphaned => {
            "it was left by a partial restore or edited: restore all of it from a backup"
        }
    }
}
