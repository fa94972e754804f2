//! Accounts. One account may be a guest, a host, or both; `admin` is a role apart.

mod account;
mod profile;
mod repository;

pub use account::{Role, User, UserRecord};
pub use profile::Profile;
#[cfg(feature = "mocks")]
pub use repository::MockUserRepository;
pub use repository::{UserChange, UserRepository};
