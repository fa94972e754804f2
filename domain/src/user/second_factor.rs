//! The second factor: an authenticator app's codes (RFC 6238), and recovery codes for when it is lost.

use chrono::{DateTime, Utc};

use crate::shared::UserId;

/// How many recovery codes are given.
pub const RECOVERY_CODES: usize = 10;

/// All that is stored of a second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactorRecord {
    /// Whose.
    pub user_id: UserId,
    /// The secret shared with the app, sealed.
    pub sealed_secret: String,
    /// Since when it is asked for; absent until the first code proved that the app has it.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The step of the last code that was taken: a code is good once.
    pub last_step: i64,
    /// Digests of the recovery codes that are left.
    pub recovery: Vec<String>,
    /// Counts its changes; the first stored version is 1.
    pub version: i64,
}

/// An account's second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor(SecondFactorRecord);

/// Why a code is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecondFactorError {
    /// The code was used, or a later one was.
    #[error("this code was used")]
    Used,
    /// It is confirmed already.
    #[error("the second factor is on already")]
    Confirmed,
}

impl std::ops::Deref for SecondFactor {
    type Target = SecondFactorRecord;

    fn deref(&self) -> &SecondFactorRecord {
        &self.0
    }
}

impl SecondFactor {
    /// A factor that is not asked for until it is confirmed. It takes the place of one that never was.
    ///
    /// # Errors
    /// [`SecondFactorError::Confirmed`] when there is one that is asked for.
    pub fn enrol(
        before: Option<&Self>,
        user_id: UserId,
        sealed_secret: String,
    ) -> Result<Self, SecondFactorError> {
        if before.is_some_and(Self::is_on) {
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
            version,
        }))
    }

    /// The factor as it was stored.
    #[must_use]
    pub const fn restore(record: SecondFactorRecord) -> Self {
        Self(record)
    }

    /// Whether it is asked for at login.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.0.confirmed_at.is_some()
    }

    /// The app gave a good code, so that it is asked for from now on. `recovery` are digests of codes that were
    /// shown to the owner.
    ///
    /// # Errors
    /// [`SecondFactorError::Confirmed`].
    pub fn confirm(
        mut self,
        step: i64,
        recovery: Vec<String>,
        now: DateTime<Utc>,
    ) -> Result<Self, SecondFactorError> {
        if self.is_on() {
            return Err(SecondFactorError::Confirmed);
        }
        self.0.confirmed_at = Some(now);
        self.0.last_step = step;
        self.0.recovery = recovery;
        self.0.version += 1;
        Ok(self)
    }

    /// Takes a code of a step; it and all before it are used up.
    ///
    /// # Errors
    /// [`SecondFactorError::Used`].
    pub fn take_code(mut self, step: i64) -> Result<Self, SecondFactorError> {
        if step <= self.0.last_step {
            return Err(SecondFactorError::Used);
        }
        self.0.last_step = step;
        self.0.version += 1;
        Ok(self)
    }

    /// Takes a recovery code by its digest; it is used up.
    ///
    /// # Errors
    /// [`SecondFactorError::Used`] when it is none of those left.
    pub fn take_recovery(mut self, digest: &str) -> Result<Self, SecondFactorError> {
        let left = self.0.recovery.len();
        self.0.recovery.retain(|kept| kept != digest);
        if self.0.recovery.len() == left {
            return Err(SecondFactorError::Used);
        }
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
        assert!(!factor.is_on());
        factor
            .confirm(10, vec!["a".into(), "b".into()], DateTime::UNIX_EPOCH)
            .unwrap()
    }

    #[test]
    fn a_code_is_good_once() {
        let factor = confirmed();
        assert!(factor.is_on());
        assert_eq!(factor.clone().take_code(10), Err(SecondFactorError::Used));
        let next = factor.take_code(11).unwrap();
        assert_eq!((next.version, next.last_step), (3, 11));
        assert_eq!(next.take_code(9), Err(SecondFactorError::Used));
    }

    #[test]
    fn a_recovery_code_is_good_once() {
        let factor = confirmed().take_recovery("a").unwrap();
        assert_eq!(
            (factor.recovery.as_slice(), factor.version),
            (["b".to_owned()].as_slice(), 3)
        );
        assert_eq!(factor.take_recovery("a"), Err(SecondFactorError::Used));
    }

    #[test]
    fn one_that_is_on_is_not_replaced() {
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
