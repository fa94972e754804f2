//! Consuming a code.

use sojourn_domain::user::SecondFactor;

use crate::ports::Ports;

/// Length of an app's code, in digits.
const APP_CODE_LENGTH: usize = 6;

/// The factor after consuming the code; `None` if the code is wrong or was already used. Six digits
/// are a code of the app, anything else is a recovery code. Spaces are ignored.
pub(crate) fn consume_code(
    ports: &Ports,
    factor: SecondFactor,
    code: &str,
) -> Option<SecondFactor> {
    let code: String = code.split_whitespace().collect();
    if code.len() == APP_CODE_LENGTH && code.bytes().all(|byte| byte.is_ascii_digit()) {
        let step = ports
            .totp
            .verify(&factor.sealed_secret, &code, ports.clock.now())?;
        factor.take_code(step).ok()
    } else {
        factor.take_recovery(&ports.totp.digest(&code)).ok()
    }
}
