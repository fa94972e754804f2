//! Accounts: an account may be a guest, a host, or both; `admin` is a role apart.

pub(crate) mod profile;
pub(crate) mod repository;
pub(crate) mod second_factor;
#[cfg(test)]
mod stored_account_tests;
pub(crate) mod user;

pub use profile::{NAME_LENGTH, Profile};
pub use repository::{
    EndedSessions, SecondFactorChange, SecondFactorEffect, UserChange, UserCommitError,
};
#[cfg(feature = "mocks")]
pub use repository::{MockSecondFactorRepository, MockUserRepository};
#[cfg(feature = "repositories")]
pub use repository::{SecondFactorRepository, UserRepository};
pub use second_factor::{
    MAX_WRONG_CODES, RECOVERY_CODES, SecondFactor, SecondFactorError, SecondFactorRecord,
    WRONG_CODES_NOTIFIED,
};
pub use user::{Role, User, UserRecord};
