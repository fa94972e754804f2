//! The second factor: codes of an authenticator app, and recovery codes for when it is lost.

mod confirm;
mod disable;
mod enrol;
mod spend;
mod told;

pub use confirm::{ConfirmError, confirm};
pub use disable::{DisableError, disable};
pub use enrol::{EnrolError, enrol};
pub(crate) use spend::spend;
pub(crate) use told::tell;
