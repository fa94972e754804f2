//! The second factor on the wire.

use serde::{Deserialize, Serialize};
use sojourn_domain::shared::Violations;
use utoipa::ToSchema;

/// A code that proves the second factor.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeBody {
    /// Six digits of the authenticator app; to turn the second factor off, a recovery code too.
    #[schema(min_length = 1, max_length = 32, example = "123456")]
    code: String,
}

impl CodeBody {
    /// The code, or what is wrong with it before anybody looks whether it is good.
    pub fn parse(self) -> Result<String, Violations> {
        let mut found = Violations::new();
        found.text("/code", &self.code, 32);
        found.or(self.code)
    }
}

/// What an authenticator app needs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TotpSecret)]
pub struct TotpSecretDto {
    /// The secret as base32, to be typed.
    #[schema(example = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")]
    pub secret: String,
    /// The same as a link, to be shown as a QR code.
    #[schema(
        example = "otpauth://totp/Sojourn:ana%40mail.example?secret=JBSWY3DPEHPK3PXP&issuer=Sojourn"
    )]
    pub otpauth_url: String,
}

/// Codes for when the app is lost. Each is good once, and they are shown this once.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecoveryCodes)]
pub struct RecoveryCodesDto {
    /// The codes.
    #[schema(min_items = 10, max_items = 10)]
    pub recovery_codes: Vec<String>,
}
