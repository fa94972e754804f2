//! The account.

use std::ops::Deref;

use chrono::{DateTime, Utc};

use super::Profile;
use crate::shared::{Actor, Email, EmailError, UserId, Violations};

/// What an account may do beyond its own affairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Role {
    /// Guests and hosts.
    Member,
    /// Operators.
    Admin,
}

/// All that is stored of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRecord {
    /// Its id.
    pub id: UserId,
    /// Its address, unique without regard to case.
    pub email: Email,
    /// Whether its owner proved to read that address; before that nobody can log in.
    pub email_verified: bool,
    /// The password's hash (PHC string); absent on imported and erased accounts, which nobody can log in to.
    pub password_hash: Option<String>,
    /// What its owner says.
    pub profile: Profile,
    /// Its role.
    pub role: Role,
    /// Since when an operator keeps it from acting.
    pub suspended_at: Option<DateTime<Utc>>,
    /// Since when it is anonymised.
    pub erased_at: Option<DateTime<Utc>>,
    /// Sum of the published overall ratings that hosts gave this guest.
    pub rating_sum: i64,
    /// How many they are.
    pub rating_count: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Counts its changes; the first stored version is 1.
    pub version: i64,
}

/// An account. Its record can be read by everyone and changed only by its own moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User(UserRecord);

impl Deref for User {
    type Target = UserRecord;

    fn deref(&self) -> &UserRecord {
        &self.0
    }
}

impl User {
    /// A new, unverified member.
    ///
    /// # Errors
    /// What is wrong with the profile.
    pub fn register(
        id: UserId,
        email: Email,
        password_hash: Option<String>,
        profile: Profile,
        now: DateTime<Utc>,
    ) -> Result<Self, Violations> {
        profile.violations().or(())?;
        Ok(Self(UserRecord {
            id,
            email,
            email_verified: false,
            password_hash,
            profile,
            role: Role::Member,
            suspended_at: None,
            erased_at: None,
            rating_sum: 0,
            rating_count: 0,
            created_at: now,
            updated_at: now,
            version: 1,
        }))
    }

    /// The account as it was stored.
    #[must_use]
    pub const fn restore(record: UserRecord) -> Self {
        Self(record)
    }

    /// The record, to be stored.
    #[must_use]
    pub fn into_record(self) -> UserRecord {
        self.0
    }

    /// Whether it may log in and act.
    #[must_use]
    pub const fn is_active(&self) -> bool {
        self.0.email_verified && self.0.suspended_at.is_none() && self.0.erased_at.is_none()
    }

    /// Whether somebody may know that there is this account: its owner and operators always; others once its address
    /// was proved, or when it was not registered but made for somebody. Otherwise registering an address and looking
    /// for the account would tell whether the address was known.
    #[must_use]
    pub fn is_shown_to(&self, asker: Option<&Actor>) -> bool {
        let own = asker.is_some_and(|asker| asker.admin || asker.user_id == self.0.id);
        let registered_alone = !self.0.email_verified && self.0.password_hash.is_some();
        own || (self.0.erased_at.is_none() && !registered_alone)
    }

    /// Its owner proved to read the address.
    #[must_use]
    pub fn verify_email(mut self, now: DateTime<Utc>) -> Self {
        self.0.email_verified = true;
        self.next(now)
    }

    /// Its owner edits the profile.
    ///
    /// # Errors
    /// What is wrong with the profile.
    pub fn edit(mut self, profile: Profile, now: DateTime<Utc>) -> Result<Self, Violations> {
        profile.violations().or(())?;
        self.0.profile = profile;
        Ok(self.next(now))
    }

    /// The password becomes another.
    #[must_use]
    pub fn set_password(mut self, hash: String, now: DateTime<Utc>) -> Self {
        self.0.password_hash = Some(hash);
        self.next(now)
    }

    /// Its owner, who read a mail to the address, sets a password: the address is proved with it.
    #[must_use]
    pub fn reset_password(mut self, hash: String, now: DateTime<Utc>) -> Self {
        self.0.password_hash = Some(hash);
        self.0.email_verified = true;
        self.next(now)
    }

    /// A new operator, for whose address whoever makes it answers.
    ///
    /// # Errors
    /// What is wrong with the profile.
    pub fn operator(
        id: UserId,
        email: Email,
        password_hash: String,
        profile: Profile,
        now: DateTime<Utc>,
    ) -> Result<Self, Violations> {
        let mut user = Self::register(id, email, Some(password_hash), profile, now)?;
        user.0.role = Role::Admin;
        user.0.email_verified = true;
        Ok(user)
    }

    /// The account becomes an operator's who logs in with this password, its address taken as proved.
    #[must_use]
    pub fn appoint(mut self, password_hash: String, now: DateTime<Utc>) -> Self {
        self.0.role = Role::Admin;
        self.0.email_verified = true;
        self.0.password_hash = Some(password_hash);
        self.next(now)
    }

    /// An operator keeps the account from acting; more than once changes nothing.
    #[must_use]
    pub fn suspend(mut self, now: DateTime<Utc>) -> Self {
        self.0.suspended_at = self.0.suspended_at.or(Some(now));
        self.next(now)
    }

    /// An operator lets the account act again.
    #[must_use]
    pub fn reinstate(mut self, now: DateTime<Utc>) -> Self {
        self.0.suspended_at = None;
        self.next(now)
    }

    /// An operator gives the account another role, another address, or both. A new address is its owner's to prove;
    /// the password goes with the old one.
    #[must_use]
    pub fn reassign(
        mut self,
        role: Option<Role>,
        email: Option<Email>,
        now: DateTime<Utc>,
    ) -> Self {
        self.0.role = role.unwrap_or(self.0.role);
        if let Some(email) = email {
            self.0.email = email;
            self.0.email_verified = false;
            self.0.password_hash = None;
        }
        self.next(now)
    }

    /// The account is anonymised for good: what names its owner is gone, what others share with it (bookings,
    /// reviews, the ledger) stays.
    ///
    /// # Errors
    /// [`EmailError`] never for an id of ours: the address that takes the place of the owner's is made of it.
    pub fn erase(mut self, now: DateTime<Utc>) -> Result<Self, EmailError> {
        self.0.email = Email::parse(&format!("{}@erased.invalid", self.0.id))?;
        self.0.email_verified = false;
        self.0.password_hash = None;
        self.0.profile = Profile {
            first_name: "Former".to_owned(),
            last_name: "Member".to_owned(),
            phone: None,
            locale: None,
            currency: None,
        };
        self.0.role = Role::Member;
        self.0.erased_at = self.0.erased_at.or(Some(now));
        Ok(self.next(now))
    }

    fn next(mut self, now: DateTime<Utc>) -> Self {
        self.0.updated_at = now;
        self.0.version += 1;
        self
    }
}
