//! Accounts of the tests: a host (1) with a second factor, a guest (2), a stranger (8), an operator (9).
//! The token of each is its name, the password is [`PASSWORD`].

use chrono::{DateTime, TimeDelta, Utc};
use sojourn_application::ports::{
    AccessClaims, MockAccessTokens, MockPasswordHasher, MockSessionStore, MockTotpCodes, NewTotp,
    OpenSession, PasswordCheck, PublicKey, Session, TokenError,
};
use sojourn_domain::shared::{Email, SessionId, UserId};
use sojourn_domain::user::{
    MockSecondFactorRepository, MockUserRepository, Profile, Role, SecondFactor,
    SecondFactorRecord, User, UserRecord,
};
use uuid::Uuid;

/// Password of all accounts.
pub const PASSWORD: &str = "a long enough one";

const ALL: [(&str, u128); 4] = [("host", 1), ("guest", 2), ("stranger", 8), ("admin", 9)];

fn user(name: &str, number: u128) -> User {
    let profile = Profile {
        first_name: name.to_owned(),
        last_name: "Ruiz".into(),
        phone: Some("+15551234567".into()),
        locale: None,
        currency: None,
    };
    User::restore(UserRecord {
        id: UserId::new(Uuid::from_u128(number)),
        email: Email::parse(&format!("{name}@mail.example")).unwrap(),
        email_verified: true,
        password_hash: Some("hash".into()),
        profile,
        role: if name == "admin" {
            Role::Admin
        } else {
            Role::Member
        },
        suspended_at: None,
        erased_at: None,
        rating_sum: 0,
        rating_count: 0,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        version: 1,
    })
    .unwrap()
}

/// All accounts.
pub fn all_users() -> impl Iterator<Item = User> {
    ALL.into_iter().map(|(name, number)| user(name, number))
}

/// A repository of the accounts that accepts every commit.
pub fn users() -> MockUserRepository {
    let mut users = MockUserRepository::new();
    users
        .expect_by_email()
        .returning(|email| Ok(all_users().find(|user| user.email == *email)));
    users
        .expect_get()
        .returning(|id| Ok(all_users().find(|user| user.id == id)));
    users
        .expect_get_many()
        .returning(|ids| Ok(all_users().filter(|user| ids.contains(&user.id)).collect()));
    users.expect_commit().returning(|_| Ok(()));
    users
        .expect_enqueue_notifications()
        .returning(|_, _| Ok(()));
    users
}

/// A repository with the host's second factor only.
pub fn factors() -> MockSecondFactorRepository {
    let mut factors = MockSecondFactorRepository::new();
    let factor = |user_id: UserId| {
        SecondFactor::restore(SecondFactorRecord {
            user_id,
            sealed_secret: "sealed".into(),
            confirmed_at: Some(DateTime::UNIX_EPOCH),
            last_step: 0,
            recovery: Vec::new(),
            wrong_codes: 0,
            version: 2,
        })
        .unwrap()
    };
    factors
        .expect_get()
        .returning(move |id| Ok((id.uuid().as_u128() == 1).then(|| factor(id))));
    factors.expect_commit().returning(|_| Ok(()));
    factors.expect_remove().returning(|_| Ok(()));
    factors
}

/// Codes of which only `123456` is valid.
pub fn totp() -> MockTotpCodes {
    let mut totp = MockTotpCodes::new();
    totp.expect_generate_secret().returning(|_| NewTotp {
        sealed: "sealed".into(),
        secret: "BASE32".into(),
        otpauth_url: "otpauth://totp/Sojourn".into(),
    });
    totp.expect_verify()
        .returning(|_, code, _| (code == "123456").then_some(7));
    totp.expect_digest()
        .returning(|code| format!("digest of {code}"));
    totp
}

/// A hasher that accepts [`PASSWORD`].
pub fn hasher() -> MockPasswordHasher {
    let mut hasher = MockPasswordHasher::new();
    hasher.expect_hash().returning(|_, _| Ok("hash".into()));
    hasher.expect_verify().returning(|password, hash, _| {
        Ok(PasswordCheck {
            matches: hash.is_some() && password == PASSWORD,
            outdated: false,
        })
    });
    hasher
}

fn claims(token: &str, now: DateTime<Utc>) -> Result<AccessClaims, TokenError> {
    let (_, number) = ALL
        .into_iter()
        .find(|(name, _)| *name == token)
        .ok_or(TokenError)?;
    let id = Uuid::from_u128(number);
    Ok(AccessClaims {
        token_id: id,
        user_id: UserId::new(id),
        session_id: SessionId::new(id),
        issued_at: now,
        expires_at: now + TimeDelta::minutes(15),
    })
}

/// Tokens that equal the names of their accounts.
pub fn access_tokens() -> MockAccessTokens {
    let mut tokens = MockAccessTokens::new();
    tokens.expect_read().returning(claims);
    tokens.expect_issue().returning(|_| Ok("access".into()));
    tokens.expect_public_keys().returning(|| {
        vec![PublicKey {
            key_id: "key-1".into(),
            x: "A".repeat(43),
        }]
    });
    tokens
}

fn session(user_id: UserId, now: DateTime<Utc>) -> Session {
    Session {
        id: SessionId::new(user_id.uuid()),
        user_id,
        created_at: now,
        last_used_at: now,
        expires_at: now,
        user_agent: None,
        address: "192.0.2.7".parse().ok(),
    }
}

/// One session per account, with the same number.
pub fn sessions() -> MockSessionStore {
    let mut sessions = MockSessionStore::new();
    sessions.expect_get().returning(|id, user_id, now| {
        Ok((id.uuid() == user_id.uuid()).then(|| OpenSession {
            session: session(user_id, now),
            admin: ALL.contains(&("admin", id.uuid().as_u128())),
        }))
    });
    sessions
        .expect_list()
        .returning(|user_id, now| Ok(vec![session(user_id, now)]));
    sessions.expect_open().returning(|_, _, _| Ok(true));
    sessions
        .expect_is_known_address()
        .returning(|_, _, _| Ok(false));
    sessions
}
