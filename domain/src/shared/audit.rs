//! What is written down about who did what, so that it can be asked for later.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Actor, BookingId, PaymentId, PropertyId, SessionId, UserId};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// What was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum AuditAction {
            $($(#[$doc])* $name),+
        }

        impl AuditAction {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word for it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word),+
                }
            }

            /// The action of a word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.as_str() == word)
            }
        }
    };
}

actions! {
    /// Somebody logged in.
    LoggedIn = "logged_in",
    /// Somebody was not let in; the subject is the account, if there is one.
    LoginRefused = "login_refused",
    /// A session was ended, by its owner.
    SessionEnded = "session_ended",
    /// A refresh token was used a second time, and its session ended for that.
    RefreshTokenReused = "refresh_token_reused",
    /// A password was changed by who knew the one before.
    PasswordChanged = "password_changed",
    /// A password was set with a mailed token.
    PasswordReset = "password_reset",
    /// A second factor is asked for from now on.
    SecondFactorEnabled = "second_factor_enabled",
    /// No second factor is asked for any more.
    SecondFactorDisabled = "second_factor_disabled",
    /// Somebody took a copy of their data.
    DataExported = "data_exported",
    /// An account was anonymised.
    AccountErased = "account_erased",
    /// An operator changed an account's role or address, or appointed an operator.
    AccountChanged = "account_changed",
    /// An operator keeps an account from acting.
    AccountSuspended = "account_suspended",
    /// An operator lets an account act again.
    AccountReinstated = "account_reinstated",
    /// An operator took a property off.
    PropertySuspended = "property_suspended",
    /// An operator gave a property back to its host.
    PropertyReinstated = "property_reinstated",
    /// An operator, or who is no party to it, changed something of somebody else's.
    ChangedByOperator = "changed_by_operator",
    /// An operator cancelled a booking.
    BookingCancelled = "booking_cancelled",
    /// Money was given back beyond what the policy says.
    RefundGiven = "refund_given",
    /// Somebody was told that they may not do a thing.
    Denied = "denied",
}

/// What something was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// The word for its kind, and its id.
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

    /// The subject with these parts, if there is such a kind.
    #[must_use]
    pub fn of_parts(kind: &str, id: Uuid) -> Option<Self> {
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

/// One line of the audit log: who, what, to what, when, from where, and what it was before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who; nobody when they were not let in.
    pub actor: Option<UserId>,
    /// From where, if that is known.
    pub address: Option<IpAddr>,
    /// What was done.
    pub action: AuditAction,
    /// To what.
    pub subject: Option<AuditSubject>,
    /// What it was; never a secret, nor what identifies a person.
    pub before: Option<String>,
    /// What it became, or why; likewise.
    pub after: Option<String>,
}

impl AuditEntry {
    /// What somebody did to something.
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
            action,
            subject: Some(subject),
            before: None,
            after: None,
        }
    }

    /// The same, from one state to another.
    #[must_use]
    pub fn from_to(mut self, before: impl Into<String>, after: impl Into<String>) -> Self {
        self.before = Some(before.into());
        self.after = Some(after.into());
        self
    }

    /// The same, with what came of it or why.
    #[must_use]
    pub fn because(mut self, after: impl Into<String>) -> Self {
        self.after = Some(after.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_parts_lead_back() {
        for &action in AuditAction::ALL {
            assert_eq!(AuditAction::parse(action.as_str()), Some(action));
        }
        let id = Uuid::from_u128(7);
        for kind in ["user", "property", "booking", "payment", "session"] {
            assert_eq!(
                AuditSubject::of_parts(kind, id).unwrap().parts(),
                (kind, id)
            );
        }
        assert_eq!(
            (AuditAction::parse("x"), AuditSubject::of_parts("x", id)),
            (None, None)
        );
    }
}
