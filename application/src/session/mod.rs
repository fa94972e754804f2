//! Login sessions: short-lived access tokens and a refresh token that is replaced at each use.

mod admit;
mod gate;
mod list;
mod log_in;
#[cfg(test)]
mod log_in_tests;
mod log_out;
mod open;
mod refresh;
mod rehash;
mod revoke;
mod second_step;
mod tokens;

pub use admit::{AdmitError, admit};
pub use list::list;
pub use log_in::{LogIn, LogInError, log_in};
pub use log_out::log_out;
pub use refresh::{RefreshError, refresh};
pub use revoke::{RevokeError, revoke};
pub use tokens::Tokens;
