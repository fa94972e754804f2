//! User accounts. One account may be a guest, a host, or both; `admin` is a separate role.

mod account;
mod profile;
mod repository;
mod second_factor;

pub use account::{Role, User, UserRecord};
pub use profile::Profile;
pub use repository::{
    EndedSessions, SecondFactorChange, SecondFactorRepository, UserChange, UserRepository,
};
#[cfg(feature = "mocks")]
pub use repository::{MockSecondFactorRepository, MockUserRepository};
pub use second_factor::{RECOVERY_CODES, SecondFactor, SecondFactorError, SecondFactorRecord};
