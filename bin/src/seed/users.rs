//! Generated hosts and guests.

use chrono::{DateTime, TimeDelta, Utc};
use sojourn_domain::shared::{Email, UserId};
use sojourn_domain::user::{Profile, User};

use super::rng::Rng;
use super::run::SeedError;
use crate::import::derived_uuid;

const FIRST_NAMES: &[&str] = &[
    "Ana", "Ben", "Chloé", "Dmitri", "Eun-ji", "Farid", "Greta", "Hugo", "Inês", "Jamal", "Keiko",
    "Lars", "Mei", "Nadia", "Omar", "Paula", "Quentin", "Rosa", "Sven", "Tariq", "Uma", "Victor",
    "Wanjiru", "Ximena", "Yusuf", "Zoë",
];
const LAST_NAMES: &[&str] = &[
    "Almeida", "Brown", "Chen", "Dubois", "Eriksen", "Fischer", "García", "Haddad", "Ivanov",
    "Jensen", "Kim", "Lopez", "Müller", "Nguyen", "Okafor", "Patel", "Rossi", "Sato", "Tanaka",
    "Weber",
];

/// Id of a generated host or guest.
pub(super) fn user_id(seed: u64, role: &str, index: u32) -> UserId {
    UserId::new(derived_uuid(&format!("seed/{seed}/{role}/{index}")))
}

pub(super) fn user(
    seed: u64,
    role: &str,
    index: u32,
    now: DateTime<Utc>,
) -> Result<User, SeedError> {
    let mut rng = Rng::new(seed, &format!("{role}/{index}"));
    let profile = Profile {
        first_name: rng.pick(FIRST_NAMES).to_owned(),
        last_name: rng.pick(LAST_NAMES).to_owned(),
        phone: None,
        locale: Some(rng.pick(&["en", "de", "fr", "pt-BR", "ja"]).to_owned()),
        currency: None,
    };
    let email = Email::parse(&format!("{role}-{index}.seed-{seed}@seeded.invalid"))
        .map_err(|_| SeedError::Rule)?;
    let since = now - TimeDelta::days(rng.within(400, 2_000).into());
    let user = User::register(user_id(seed, role, index), email, None, profile, since);
    Ok(user.map_err(|_| SeedError::Rule)?.verify_email(since))
}
