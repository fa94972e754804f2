//! Login sessions: an access token of minutes, and a refresh token that is traded for the next at each use.

mod authenticate;
mod list;
mod log_in;
mod log_out;
mod refresh;
mod revoke;
mod tokens;

pub use authenticate::{AuthenticateError, authenticate};
pub use list::list;
pub use log_in::{LogIn, LogInError, log_in};
pub use log_out::log_out;
pub use refresh::{RefreshError, refresh};
pub use revoke::{RevokeError, revoke};
pub use tokens::Tokens;
