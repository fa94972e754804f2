//! The second factor: codes of an authenticator app, and recovery codes for its loss.

mod confirm;
mod consume_code;
mod count_wrong_code;
mod disable;
mod enrol;
mod failures;
mod reset;

pub use confirm::{ConfirmError, confirm};
pub(crate) use consume_code::consume_code;
pub(crate) use count_wrong_code::count_wrong_code;
pub use disable::{DisableError, disable};
pub use enrol::{EnrolError, enrol};
pub(crate) use failures::codes_blocked;
pub use reset::reset;
