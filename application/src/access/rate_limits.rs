//! Rate limits. Guesses at secrets are counted twice: per client and per target account.

use crate::ports::{Ports, Quota};

const fn quota(name: &'static str, limit: u32, seconds: u32) -> Quota {
    Quota {
        name,
        limit,
        seconds,
    }
}

/// Requests of any kind, per account, or per network if unauthenticated.
pub const REQUESTS: Quota = quota("requests", 1_200, 60);

/// Logins per network; a household or an office behind one address stays well below.
pub const LOGINS_FROM: Quota = quota("logins-from", 60, 600);

/// Logins to one account from one network.
pub const LOGINS_TO_FROM: Quota = quota("logins-to-from", 10, 300);

/// Logins to one account from networks where it has no open session. A distributed attack exhausts
/// this limit; the owner can still log in from a network with an open session, or after setting a
/// new password by mail.
pub const LOGINS_TO: Quota = quota("logins-to", 50, 600);

/// Registrations per network.
pub const REGISTRATIONS: Quota = quota("registrations", 60, 3_600);

/// Password reset mails per network.
pub const FORGOTTEN_FROM: Quota = quota("forgotten-from", 30, 3_600);

/// Requests for verification mails per network.
pub const RESENT_FROM: Quota = quota("resent-from", 30, 3_600);

/// Requests to change the address of an account.
pub const EMAIL_CHANGES: Quota = quota("email-changes", 5, 3_600);

/// One-time token attempts per network.
pub const TOKENS_TRIED: Quota = quota("tokens-tried", 60, 3_600);

/// Password and code attempts of a logged-in account.
pub const SECRETS_TRIED: Quota = quota("secrets-tried", 10, 300);

/// Reservations per account: well above normal use, too few to block a whole calendar.
pub const RESERVATIONS: Quota = quota("reservations", 60, 3_600);

/// Data exports per account.
pub const EXPORTS: Quota = quota("exports", 5, 3_600);

/// Requests with an `Idempotency-Key`, whose answers are kept for a day, per account, or per network if
/// unauthenticated.
pub const KEPT_ANSWERS: Quota = quota("kept-answers", 600, 3_600);

/// Denials recorded in the audit log, per account.
pub const DENIALS: Quota = quota("denials", 30, 60);

/// Consumes one unit of a quota for a key.
///
/// # Errors
/// The number of seconds until the next unit is available.
pub(crate) async fn consume(ports: &Ports, quota: Quota, key: &str) -> Result<(), u32> {
    let allowance = ports.limits.consume(quota, key).await;
    if allowance.granted {
        Ok(())
    } else {
        Err(allowance.retry_in)
    }
}
