//! Background work as operators see it: without secrets, and with masked addresses.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sojourn_domain::shared::{
    AuditSubject, BookingId, BookingRole, JobId, Notification, PaymentId,
};

use crate::ports::{JobKind, JobPayload, JobRecord, JobStatus};

/// Background work for operators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobView {
    /// Its id.
    pub id: JobId,
    /// Its kind.
    pub kind: JobKind,
    /// Its status.
    pub status: JobStatus,
    /// Its content, by name. Addresses are masked.
    pub payload: BTreeMap<&'static str, String>,
    /// Number of attempts so far, including a running one.
    pub attempts: u32,
    /// Timestamp of its creation (UTC).
    pub created_at: Option<DateTime<Utc>>,
    /// Timestamp of the next attempt (UTC); `None` unless it is waiting.
    pub run_at: Option<DateTime<Utc>>,
    /// End of the lease (UTC); `None` unless it is running.
    pub leased_until: Option<DateTime<Utc>>,
    /// Error of the last attempt. Addresses are masked.
    pub last_error: Option<String>,
}

impl JobView {
    /// The work as it is at an instant.
    pub(super) fn new(job: &JobRecord, now: DateTime<Utc>) -> Self {
        let status = job.status(now);
        Self {
            id: job.id,
            kind: job.kind,
            status,
            payload: payload(job.kind, &job.payload),
            attempts: job.attempts,
            created_at: created_at(job.id),
            run_at: job.run_at.filter(|_| status == JobStatus::Waiting),
            leased_until: job.leased_until.filter(|_| status == JobStatus::Running),
            last_error: job.last_error.as_deref().map(mask_addresses),
        }
    }
}

/// The time in the id.
fn created_at(id: JobId) -> Option<DateTime<Utc>> {
    let (seconds, nanos) = id.uuid().get_timestamp()?.to_unix();
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
}

fn payload(kind: JobKind, payload: &JobPayload) -> BTreeMap<&'static str, String> {
    match payload {
        JobPayload::Mail { notice, recipient } => {
            let mut all = notice_payload(notice);
            let word = recipient.map(|side| match side {
                BookingRole::Host => "host",
                _ => "guest",
            });
            all.extend(word.map(|word| ("recipient", word.to_owned())));
            all
        }
        JobPayload::Subject(id) => BTreeMap::from([(subject_name(kind), id.to_string())]),
        JobPayload::Unreadable => BTreeMap::new(),
    }
}

fn notice_payload(notice: &Notification) -> BTreeMap<&'static str, String> {
    let (name, key, value) = match notice {
        Notification::VerifyEmail { user_id, .. } => {
            ("verify_email", "user_id", user_id.to_string())
        }
        Notification::EmailKnown { user_id } => ("email_known", "user_id", user_id.to_string()),
        Notification::ResetPassword { user_id } => {
            ("reset_password", "user_id", user_id.to_string())
        }
        Notification::SecurityChanged { user_id, .. } => {
            ("security_changed", "user_id", user_id.to_string())
        }
        Notification::ChangeEmail { user_id, .. } => {
            ("change_email", "user_id", user_id.to_string())
        }
        Notification::EmailChangeRequested { user_id, .. } => {
            ("email_change_requested", "user_id", user_id.to_string())
        }
        Notification::ResendVerification { email } => (
            "resend_verification",
            "email",
            mask_addresses(email.as_str()),
        ),
        Notification::ForgotPassword { email } => {
            ("forgot_password", "email", mask_addresses(email.as_str()))
        }
        Notification::BookingChanged { booking_id } => {
            ("booking_changed", "booking_id", booking_id.to_string())
        }
        Notification::ReviewPublished { review_id } => {
            ("review_published", "review_id", review_id.to_string())
        }
    };
    BTreeMap::from([("notification", name.to_owned()), (key, value)])
}

const fn subject_name(kind: JobKind) -> &'static str {
    match kind {
        JobKind::BookingTimer => "booking_id",
        JobKind::GatewayCall | JobKind::Payout | JobKind::Refund => "payment_id",
        JobKind::Review => "review_id",
        JobKind::Email | JobKind::CleanUp => "subject_id",
    }
}

/// The account, booking or payment that work concerns, for the audit log.
pub(super) fn audit_subject(job: &JobRecord) -> Option<AuditSubject> {
    match (&job.payload, job.kind) {
        (JobPayload::Mail { notice, .. }, _) => match notice {
            Notification::VerifyEmail { user_id, .. }
            | Notification::EmailKnown { user_id }
            | Notification::ResetPassword { user_id }
            | Notification::ChangeEmail { user_id, .. }
            | Notification::EmailChangeRequested { user_id, .. }
            | Notification::SecurityChanged { user_id, .. } => Some(AuditSubject::User(*user_id)),
            Notification::BookingChanged { booking_id } => Some(AuditSubject::Booking(*booking_id)),
            Notification::ResendVerification { .. }
            | Notification::ForgotPassword { .. }
            | Notification::ReviewPublished { .. } => None,
        },
        (JobPayload::Subject(id), JobKind::BookingTimer) => {
            Some(AuditSubject::Booking(BookingId::new(*id)))
        }
        (JobPayload::Subject(id), JobKind::GatewayCall | JobKind::Payout | JobKind::Refund) => {
            Some(AuditSubject::Payment(PaymentId::new(*id)))
        }
        (JobPayload::Subject(_) | JobPayload::Unreadable, _) => None,
    }
}

/// The text with every e-mail address reduced to its first character and its domain.
fn mask_addresses(text: &str) -> String {
    let is_separator = |it: char| it.is_whitespace() || "<>()[],;:\"'".contains(it);
    let mask = |part: &str| {
        let word = part.trim_end_matches(is_separator);
        match word.rsplit_once('@') {
            Some((local, domain)) if !local.is_empty() => {
                let first: String = local.chars().take(1).collect();
                format!("{first}***@{domain}{}", &part[word.len()..])
            }
            _ => part.to_owned(),
        }
    };
    text.split_inclusive(is_separator).map(mask).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_masked_and_nothing_else() {
        for (text, masked) in [
            ("ana@mail.example", "a***@mail.example"),
            (
                "550 5.1.1 <ana.ruiz@mail.example>: no such user",
                "550 5.1.1 <a***@mail.example>: no such user",
            ),
            ("interrupted @ noon", "interrupted @ noon"),
            ("", ""),
        ] {
            assert_eq!(mask_addresses(text), masked);
        }
    }
}
