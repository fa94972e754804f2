//! Login sessions: a short-lived access token, and a refresh token that is exchanged at each use.

mod list;
mod log_in;
#[cfg(test)]
mod log_in_tests;
mod log_out;
mod login_throttle;
mod refresh;
mod revoke;
mod start_session;
mod tokens;
mod upgrade_password_hash;
mod verify_second_factor;

pub use list::list;
pub use log_in::{LogIn, LogInError, log_in};
pub use log_out::log_out;
pub use refresh::{RefreshError, refresh};
pub use revoke::{RevokeError, revoke};
pub use tokens::Tokens;
