//! The second factor: codes of an authenticator app (RFC 6238), and recovery codes as a fallback.

use chrono::{DateTime, Utc};

use crate::shared::id::UserId;
use crate::shared::invalid_record::{InvalidRecord, check_version};

/// Number of recovery codes.
pub const RECOVERY_CODES: usize = 10;

/// Number of wrong codes in a row after which no code is accepted until the password is reset.
pub const MAX_WRONG_CODES: i64 = 100;

/// Number of wrong codes in a row of which the owner is notified.
pub const WRONG_CODES_NOTIFIED: i64 = 5;

/// Everything that is stored of a second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SecondFactorRecord {
    /// The account.
    pub user_id: UserId,
    /// Encrypted secret shared with the app.
    pub sealed_secret: String,
    /// Timestamp of the confirmation by a first code (UTC); login requires the factor from then on.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Time step of the last accepted code; a code is accepted once.
    pub last_step: i64,
    /// Digests of the unused recovery codes.
    pub recovery: Vec<String>,
    /// Number of wrong codes since the last accepted one.
    pub wrong_codes: i64,
    /// Version number for optimistic locking; the first stored version is 1.
    pub version: i64,
}

/// An account's second factor. Its record is read-only to callers and changes only through its methods.
///
/// Guarantees: recovery codes exist only once it is confirmed, and no more than [`RECOVERY_CODES`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor(SecondFactorRecord);

/// Reason for which a second factor refuses a code or a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecondFactorError {
    /// The code, or a later one, was already used.
    #[error("this code was already used or is not valid any more")]
    Used,
    /// The factor is already confirmed.
    #[error("two-factor authentication is already enabled")]
    Confirmed,
}

impl std::ops::Deref for SecondFactor {
    type Target = SecondFactorRecord;

    fn deref(&self) -> &SecondFactorRecord {
        &self.0
    }
}

impl SecondFactor {
    /// Creates an unconfirmed factor, which replaces an earlier unconfirmed one. Login does not
    /// require it yet.
    ///
    /// # Errors
    /// [`SecondFactorError::Confirmed`] when a confirmed factor exists.
    pub fn enrol(
        before: Option<&Self>,
        user_id: UserId,
        sealed_secret: String,
    ) -> Result<Self, SecondFactorError> {
        if before.is_some_and(Self::is_enabled) {
            return Err(SecondFactorError::Confirmed);
        }
        let version = before.map_or(1, |before| before.version + 1);
        let (confirmed_at, last_step, recovery) = (None, 0, Vec::new());
        Ok(Self(SecondFactorRecord {
            user_id,
            sealed_secret,
            confirmed_at,
            last_step,
            recovery,
            wrong_codes: 0,
            version,
        }))
    }

    /// Restores a factor from its stored record.
    ///
    /// # Errors
    /// [`InvalidRecord`] when the parts of the record contradict each other.
    pub fn restore(record: SecondFactorRecord) -> Result<Self, InvalidRecord> {
        check_version(record.version)?;
        if record.wrong_codes < 0 {
            let rule = "codes are counted from 0";
            return Err(InvalidRecord::new("wrong_codes", record.wrong_codes, rule));
        }
        let most = if record.confirmed_at.is_some() {
            RECOVERY_CODES
        } else {
            0
        };
        if record.recovery.len() > most {
            let given = format!("{} codes", record.recovery.len());
            let rule = format!("at most {RECOVERY_CODES}, and none before the confirmation");
            return Err(InvalidRecord::new("recovery", given, rule));
        }
        Ok(Self(record))
    }

    /// Returns `true` if login requires the factor.
    #[must_use]
    pub const fn is_enabled(&self) -> bool {
        self.0.confirmed_at.is_some()
    }

    /// Confirms the factor after a valid code of the app; login requires it from now on. `recovery`
    /// are the digests of the codes shown to the owner.
    ///
    /// # Errors
    /// [`SecondFactorError::Confirmed`] when it is already confirmed.
    pub fn confirm(
        mut self,
        step: i64,
        recovery: Vec<String>,
        now: DateTime<Utc>,
    ) -> Result<Self, SecondFactorError> {
        if self.is_enabled() {
            return Err(SecondFactorError::Confirmed);
        }
        self.0.confirmed_at = Some(now);
        self.0.last_step = step;
        self.0.recovery = recovery;
        self.0.version += 1;
        Ok(self)
    }

    /// Accepts the code of a time step; this and all earlier steps are used up.
    ///
    /// # Errors
    /// [`SecondFactorError::Used`] when this or a later code was already accepted.
    pub fn take_code(mut self, step: i64) -> Result<Self, SecondFactorError> {
        if step <= self.0.last_step {
            return Err(SecondFactorError::Used);
        }
        self.0.last_step = step;
        self.0.wrong_codes = 0;
        self.0.version += 1;
        Ok(self)
    }

    /// Counts a wrong code.
    #[must_use]
    pub fn count_wrong_code(mut self) -> Self {
        self.0.wrong_codes = self.0.wrong_codes.saturating_add(1);
        self.0.version += 1;
        self
    }

    /// Returns `true` if no code is accepted until the password is reset.
    #[must_use]
    pub const fn is_blocked(&self) -> bool {
        self.0.wrong_codes >= MAX_WRONG_CODES
    }

    /// Accepts a recovery code by its digest and removes it.
    ///
    /// # Errors
    /// [`SecondFactorError::Used`] when the digest is not among the unused codes.
    pub fn take_recovery(mut self, digest: &str) -> Result<Self, SecondFactorError> {
        let left = self.0.recovery.len();
        self.0.recovery.retain(|kept| kept != digest);
        if self.0.recovery.len() == left {
            return Err(SecondFactorError::Used);
        }
        self.0.wrong_codes = 0;
        self.0.version += 1;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn confirmed() -> SecondFactor {
        let factor =
            SecondFactor::enrol(None, UserId::new(Uuid::from_u128(1)), "sealed".into()).unwrap();
        assert!(!factor.is_enabled());
        factor
            .confirm(10, vec!["a".into(), "b".into()], DateTime::UNIX_EPOCH)
            .unwrap()
    }

    #[test]
    fn code_is_accepted_once() {
        let factor = confirmed();
        assert!(factor.is_enabled());
        assert_eq!(factor.clone().take_code(10), Err(SecondFactorError::Used));
        let next = factor.take_code(11).unwrap();
        assert_eq!((next.version, next.last_step), (3, 11));
        assert_eq!(next.take_code(9), Err(SecondFactorError::Used));
    }

    #[test]
    fn wrong_codes_in_a_row_block_the_factor() {
        let almost = (1..MAX_WRONG_CODES).fold(confirmed(), |factor, _| factor.count_wrong_code());
        assert!(!almost.is_blocked());
        assert!(almost.clone().count_wrong_code().is_blocked());
        for accepted in [
            almost.clone().take_code(11).unwrap(),
            almost.take_recovery("a").unwrap(),
        ] {
            assert_eq!(accepted.wrong_codes, 0);
        }
    }

    #[test]
    fn recovery_code_is_accepted_once() {
        let factor = confirmed().take_recovery("a").unwrap();
        assert_eq!(
            (factor.recovery.as_slice(), factor.version),
            (["b".to_owned()].as_slice(), 3)
        );
        assert_eq!(factor.take_recovery("a"), Err(SecondFactorError::Used));
    }

    #[test]
    fn confirmed_factor_is_not_replaced() {
        let user_id = UserId::new(Uuid::from_u128(1));
        let factor = confirmed();
        assert_eq!(
            SecondFactor::enrol(Some(&factor), user_id, "x".into()),
            Err(SecondFactorError::Confirmed)
        );
        assert_eq!(
            factor.confirm(12, Vec::new(), DateTime::UNIX_EPOCH),
            Err(SecondFactorError::Confirmed)
        );
        let open = SecondFactor::enrol(None, user_id, "x".into()).unwrap();
        assert_eq!(
            SecondFactor::enrol(Some(&open), user_id, "y".into())
                .unwrap()
                .version,
            2
        );
    }
}
