//! How often things may be done. What guesses at secrets is counted twice: by who guesses and by whose secret it is.

use crate::ports::{Ports, Quota};

const fn quota(name: &'static str, limit: u32, seconds: u32) -> Quota {
    Quota {
        name,
        limit,
        seconds,
    }
}

/// Requests of any kind: by account, or by network without one.
pub const REQUESTS: Quota = quota("requests", 1_200, 60);

/// Logins by network: a household or an office behind one address stays well below.
pub const LOGINS_FROM: Quota = quota("logins-from", 60, 600);

/// Logins to one account by one network.
pub const LOGINS_TO_FROM: Quota = quota("logins-to-from", 10, 300);

/// Logins to one account from networks where it has no open session. Who attacks from many places uses this up; its
/// owner still gets in from where they are logged in, or with a new password by mail.
pub const LOGINS_TO: Quota = quota("logins-to", 50, 600);

/// Registrations by network.
pub const REGISTRATIONS: Quota = quota("registrations", 60, 3_600);

/// Mails about a forgotten password by network.
pub const FORGOTTEN_FROM: Quota = quota("forgotten-from", 30, 3_600);

/// Mails about a forgotten password to one address.
pub const FORGOTTEN_TO: Quota = quota("forgotten-to", 5, 3_600);

/// One-time tokens tried by network.
pub const TOKENS_TRIED: Quota = quota("tokens-tried", 60, 3_600);

/// Passwords and codes tried by an account that is logged in.
pub const SECRETS_TRIED: Quota = quota("secrets-tried", 10, 300);

/// Holds on nights by an account: more than anybody books, and less than empties a calendar.
pub const RESERVATIONS: Quota = quota("reservations", 60, 3_600);

/// Copies of one's data.
pub const EXPORTS: Quota = quota("exports", 5, 3_600);

/// Denials that are written down, by account.
pub const DENIALS: Quota = quota("denials", 30, 60);

/// Takes once from a quota, in the name of a key.
///
/// # Errors
/// In how many seconds to come again.
pub(crate) async fn take(ports: &Ports, quota: Quota, key: &str) -> Result<(), u32> {
    let allowance = ports.limits.take(quota, key).await;
    if allowance.granted {
        Ok(())
    } else {
        Err(allowance.retry_in)
    }
}
