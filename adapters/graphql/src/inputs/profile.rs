//! Accounts and their profiles.

use async_graphql::{InputObject, MaybeUndefined};
use sojourn_application::access::ClientInfo;
use sojourn_application::input;
use sojourn_application::user::Register;
use sojourn_domain::shared::Violations;
use sojourn_domain::user::Profile;

use super::patch;

/// A new account.
#[derive(Clone, InputObject)]
pub(crate) struct RegisterUserInput {
    /// Email address.
    email: String,
    /// Password, 12 to 128 characters.
    password: String,
    /// Given name, 1 to 60 characters.
    first_name: String,
    /// Family name, 1 to 60 characters.
    last_name: String,
    /// Telephone number in international form.
    phone: Option<String>,
    /// BCP 47 tag of the preferred language.
    locale: Option<String>,
    /// ISO 4217 code of the preferred currency.
    currency: Option<String>,
}

impl RegisterUserInput {
    /// The command of a client, or all violations that can be found without it.
    pub(crate) fn parse(self, from: ClientInfo) -> Result<Register, Violations> {
        let mut found = Violations::new();
        let currency = self
            .currency
            .and_then(|code| input::currency(&code, "/currency", &mut found));
        found.into_result(Register {
            email: self.email,
            password: self.password,
            profile: Profile {
                first_name: self.first_name.trim().to_owned(),
                last_name: self.last_name.trim().to_owned(),
                phone: self.phone,
                locale: self.locale,
                currency,
            },
            from,
        })
    }
}

/// Changes of a profile: absent fields stay unchanged, null clears a field.
#[derive(Debug, Clone, InputObject)]
#[graphql(name = "ProfileChangesInput")]
pub(crate) struct ProfileChanges {
    /// Given name, 1 to 60 characters.
    first_name: Option<String>,
    /// Family name, 1 to 60 characters.
    last_name: Option<String>,
    /// Telephone number in international form.
    phone: MaybeUndefined<String>,
    /// BCP 47 tag of the preferred language.
    locale: MaybeUndefined<String>,
    /// ISO 4217 code of the preferred currency.
    currency: MaybeUndefined<String>,
}

impl ProfileChanges {
    /// The profile with the changes applied, or all violations of the result.
    pub(crate) fn apply(&self, stored: &Profile) -> Result<Profile, Violations> {
        let (change, stored) = (self.clone(), stored.clone());
        let mut found = Violations::new();
        let name = |new: Option<String>, old| new.map_or(old, |name| name.trim().to_owned());
        let currency = patch(change.currency, |code| {
            input::currency(&code, "/currency", &mut found)
        });
        let profile = Profile {
            first_name: name(change.first_name, stored.first_name),
            last_name: name(change.last_name, stored.last_name),
            phone: patch(change.phone, Some).apply_to(stored.phone),
            locale: patch(change.locale, Some).apply_to(stored.locale),
            currency: currency.apply_to(stored.currency),
        };
        for violation in profile.validate().into_vec() {
            found.add(violation.pointer, violation.code, violation.detail);
        }
        found.into_result(profile)
    }
}
