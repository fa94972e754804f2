//! Accounts in requests.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sojourn_domain::shared::Violations;
use sojourn_domain::user::Profile;
use utoipa::ToSchema;

use crate::wire::merge_patch;
use crate::wire::money::{CurrencySchema, parse_currency};

/// A new account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RegistrationInput)]
pub struct RegisterBody {
    /// Email address.
    #[schema(
        max_length = 254,
        example = "ana@mail.example",
        pattern = r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$"
    )]
    pub email: String,
    /// Password.
    #[schema(min_length = 12, max_length = 128, example = "correct horse battery")]
    pub password: String,
    /// Given name.
    #[schema(
        min_length = 1,
        max_length = 60,
        example = "Ana",
        pattern = r"^[^\x00-\x1F\x7F-\x9F/@]*[^\s\x00-\x1F\x7F-\x9F/@][^\x00-\x1F\x7F-\x9F/@]*$"
    )]
    pub first_name: String,
    /// Family name.
    #[schema(
        min_length = 1,
        max_length = 60,
        example = "Ruiz",
        pattern = r"^[^\x00-\x1F\x7F-\x9F/@]*[^\s\x00-\x1F\x7F-\x9F/@][^\x00-\x1F\x7F-\x9F/@]*$"
    )]
    pub last_name: String,
    /// Telephone number in international form.
    #[schema(pattern = r"^\+[0-9]{6,15}$", example = "+15551234567")]
    pub phone: Option<String>,
    /// BCP 47 tag of the preferred language.
    #[schema(
        max_length = 35,
        pattern = "^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$",
        example = "en-US"
    )]
    pub locale: Option<String>,
    /// ISO 4217 code of the preferred currency.
    #[schema(value_type = Option<CurrencySchema>, example = "USD")]
    pub currency: Option<String>,
}

/// Merge patch of a profile: absent fields stay unchanged, `null` clears a field.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UserPatch)]
pub struct ProfileBody {
    /// Given name.
    #[schema(
        required = false,
        min_length = 1,
        max_length = 60,
        pattern = r"^[^\x00-\x1F\x7F-\x9F/@]*[^\s\x00-\x1F\x7F-\x9F/@][^\x00-\x1F\x7F-\x9F/@]*$"
    )]
    pub first_name: String,
    /// Family name.
    #[schema(
        required = false,
        min_length = 1,
        max_length = 60,
        pattern = r"^[^\x00-\x1F\x7F-\x9F/@]*[^\s\x00-\x1F\x7F-\x9F/@][^\x00-\x1F\x7F-\x9F/@]*$"
    )]
    pub last_name: String,
    /// Telephone number in international form.
    #[schema(pattern = r"^\+[0-9]{6,15}$")]
    pub phone: Option<String>,
    /// BCP 47 tag of the preferred language.
    #[schema(max_length = 35, pattern = "^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$")]
    pub locale: Option<String>,
    /// ISO 4217 code of the preferred currency.
    #[schema(value_type = Option<CurrencySchema>)]
    pub currency: Option<String>,
}

impl ProfileBody {
    /// The profile; an unknown currency adds a violation and is omitted.
    pub fn profile(self, found: &mut Violations) -> Profile {
        let currency = self
            .currency
            .and_then(|code| parse_currency(&code, "/currency", found));
        Profile {
            first_name: self.first_name.trim().to_owned(),
            last_name: self.last_name.trim().to_owned(),
            phone: self.phone,
            locale: self.locale,
            currency,
        }
    }
}

impl From<&Profile> for ProfileBody {
    fn from(profile: &Profile) -> Self {
        Self {
            first_name: profile.first_name.clone(),
            last_name: profile.last_name.clone(),
            phone: profile.phone.clone(),
            locale: profile.locale.clone(),
            currency: profile.currency.map(|currency| currency.code().to_owned()),
        }
    }
}

/// A profile with a merge patch applied.
pub fn patched(profile: &Profile, patch: &Map<String, Value>) -> Result<Profile, Violations> {
    merge_patch::patched(&ProfileBody::from(profile), patch, |body| {
        let mut found = Violations::new();
        let profile = body.profile(&mut found);
        for violation in profile.validate().into_vec() {
            found.add(violation.pointer, violation.code, violation.detail);
        }
        found.into_result(profile)
    })
}
