//! Entries of the audit log.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::shared::actor::Actor;
use crate::shared::id::{BookingId, PaymentId, PropertyId, SessionId, UserId};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// Audited action.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        pub enum AuditAction {
            $($(#[$doc])* #[cfg_attr(feature = "serde", serde(rename = $word))] $name),+
        }

        impl AuditAction {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Stored identifier.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word),+
                }
            }

            /// Returns the action with this identifier.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.as_str() == word)
            }
        }
    };
}

actions! {
    /// A login succeeded.
    LoggedIn = "logged_in",
    /// A login was refused; the subject is the account, if there is one.
    LoginRefused = "login_refused",
    /// A session was ended by its owner.
    SessionEnded = "session_ended",
    /// A refresh token was reused, and its session was ended for that.
    RefreshTokenReused = "refresh_token_reused",
    /// A password was changed with knowledge of the previous one.
    PasswordChanged = "password_changed",
    /// A password was reset with a mailed token.
    PasswordReset = "password_reset",
    /// The owner of an account changed its address, confirmed by a mailed token.
    EmailChanged = "email_changed",
    /// The second factor was enabled.
    SecondFactorEnabled = "second_factor_enabled",
    /// The second factor was disabled.
    SecondFactorDisabled = "second_factor_disabled",
    /// A copy of an account's data was exported.
    DataExported = "data_exported",
    /// An account was anonymised.
    AccountErased = "account_erased",
    /// An admin changed an account's role or address, or appointed an admin.
    AccountChanged = "account_changed",
    /// An admin suspended an account.
    AccountSuspended = "account_suspended",
    /// An admin reinstated an account.
    AccountReinstated = "account_reinstated",
    /// An admin suspended a property.
    PropertySuspended = "property_suspended",
    /// An admin reinstated a property.
    PropertyReinstated = "property_reinstated",
    /// An admin, or an actor without a role in it, changed a resource of another account.
    ChangedByOperator = "changed_by_operator",
    /// An admin cancelled a booking.
    BookingCancelled = "booking_cancelled",
    /// A refund beyond the policy was granted.
    RefundGiven = "refund_given",
    /// The debt of a host was waived.
    DebtWaived = "debt_waived",
    /// Background work was made due again.
    JobRetried = "job_retried",
    /// A queued job was deleted.
    JobDiscarded = "job_discarded",
    /// A request was denied for lack of permission.
    Denied = "denied",
    /// The audit log was sealed with another secret than before, or for the first time.
    AuditLogSealed = "audit_log_sealed",
}

/// Subject of an audited action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum AuditSubject {
    /// An account.
    User(UserId),
    /// A property.
    Property(PropertyId),
    /// A booking.
    Booking(BookingId),
    /// A payment.
    Payment(PaymentId),
    /// A login session.
    Session(SessionId),
}

impl AuditSubject {
    /// Identifier of the subject's kind, and its id.
    #[must_use]
    pub const fn parts(self) -> (&'static str, Uuid) {
        match self {
            Self::User(id) => ("user", id.uuid()),
            Self::Property(id) => ("property", id.uuid()),
            Self::Booking(id) => ("booking", id.uuid()),
            Self::Payment(id) => ("payment", id.uuid()),
            Self::Session(id) => ("session", id.uuid()),
        }
    }

    /// Returns the subject with these parts; `None` for an unknown kind.
    #[must_use]
    pub fn from_parts(kind: &str, id: Uuid) -> Option<Self> {
        match kind {
            "user" => Some(Self::User(UserId::new(id))),
            "property" => Some(Self::Property(PropertyId::new(id))),
            "booking" => Some(Self::Booking(BookingId::new(id))),
            "payment" => Some(Self::Payment(PaymentId::new(id))),
            "session" => Some(Self::Session(SessionId::new(id))),
            _ => None,
        }
    }
}

/// One entry of the audit log: actor, action, subject, time, address, the values before and
/// after, and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AuditEntry {
    /// Timestamp (UTC).
    pub at: DateTime<Utc>,
    /// Acting account; absent for a refused login.
    pub actor: Option<UserId>,
    /// Network address, if known.
    pub address: Option<IpAddr>,
    /// True if the actor is an operator, whose rights are checked again when the entry is stored;
    /// not stored itself.
    pub by_operator: bool,
    /// Action.
    pub action: AuditAction,
    /// Subject.
    pub subject: Option<AuditSubject>,
    /// Value before; never a secret or personal data.
    pub before: Option<String>,
    /// Value after, or the result; never a secret or personal data.
    pub after: Option<String>,
    /// Reason that the actor gave.
    pub reason: Option<String>,
}

impl AuditEntry {
    /// An action of an actor on a subject.
    #[must_use]
    pub const fn of(
        actor: &Actor,
        action: AuditAction,
        subject: AuditSubject,
        at: DateTime<Utc>,
    ) -> Self {
        Self {
            at,
            actor: Some(actor.user_id),
            address: actor.address,
            by_operator: actor.admin,
            action,
            subject: Some(subject),
            before: None,
            after: None,
            reason: None,
        }
    }

    /// Adds the values before and after.
    #[must_use]
    pub fn with_change(mut self, before: impl Into<String>, after: impl Into<String>) -> Self {
        self.before = Some(before.into());
        self.after = Some(after.into());
        self
    }

    /// Adds a result, such as what was removed or refused.
    #[must_use]
    pub fn with_result(mut self, after: impl Into<String>) -> Self {
        self.after = Some(after.into());
        self
    }

    /// Adds the reason that the actor gave.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_and_subjects_round_trip() {
        for &action in AuditAction::ALL {
            assert_eq!(AuditAction::parse(action.as_str()), Some(action));
        }
        let id = Uuid::from_u128(7);
        for kind in ["user", "property", "booking", "payment", "session"] {
            assert_eq!(
                AuditSubject::from_parts(kind, id).unwrap().parts(),
                (kind, id)
            );
        }
        assert_eq!(
            (AuditAction::parse("x"), AuditSubject::from_parts("x", id)),
            (None, None)
        );
    }
}
