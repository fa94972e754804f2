//! Codes and secrets of the second factor as JSON.

use serde::{Deserialize, Serialize};
use sojourn_domain::shared::Violations;
use utoipa::ToSchema;

/// A code of the second factor.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TotpCodeInput)]
pub struct CodeBody {
    /// Six digits of the authenticator app.
    #[schema(min_length = 1, max_length = 32, example = "123456")]
    code: String,
}

impl CodeBody {
    /// The code, or violations of its form; its validity is not checked here.
    pub fn parse(self) -> Result<String, Violations> {
        let mut found = Violations::new();
        found.line("/code", &self.code, 32);
        found.into_result(self.code)
    }
}

/// A code of the second factor, to disable it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TotpDisableInput)]
pub struct DisableBody {
    /// Six digits of the authenticator app, or a recovery code.
    #[schema(min_length = 1, max_length = 32, example = "123456")]
    code: String,
    /// Password of the account; required if the login is older than five minutes.
    #[schema(example = "correct horse battery")]
    password: Option<String>,
}

impl DisableBody {
    /// The code and the password, or violations of the form of the code.
    pub fn parse(self) -> Result<(String, Option<String>), Violations> {
        let code = CodeBody { code: self.code }.parse()?;
        Ok((code, self.password))
    }
}

/// Secret for an authenticator app.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TotpSecret)]
pub struct TotpSecretDto {
    /// Secret in base32, for manual entry.
    #[schema(example = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")]
    pub secret: String,
    /// Secret as an `otpauth` URL, for display as a QR code.
    #[schema(
        example = "otpauth://totp/Sojourn:ana%40mail.example?secret=JBSWY3DPEHPK3PXP&issuer=Sojourn"
    )]
    pub otpauth_url: String,
}

/// Recovery codes for a lost authenticator app. Each is valid once; they are shown only once.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TotpRecoveryCodes)]
pub struct RecoveryCodesDto {
    /// Recovery codes.
    #[schema(min_items = 10, max_items = 10)]
    pub recovery_codes: Vec<String>,
}
