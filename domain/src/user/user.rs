//! User accounts.

use std::ops::Deref;

use chrono::{DateTime, Utc};

use crate::shared::actor::Actor;
use crate::shared::email::{Email, EmailError};
use crate::shared::id::UserId;
use crate::shared::invalid_record::{InvalidRecord, check_rating, check_version};
use crate::shared::violations::Violations;
use crate::user::profile::Profile;

/// Role of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Role {
    /// Guests and hosts.
    Member,
    /// Admins.
    Admin,
}

/// Everything that is stored of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UserRecord {
    /// Unique identifier.
    pub id: UserId,
    /// E-mail address, unique without regard to case.
    pub email: Email,
    /// True once the address is verified; login is refused before.
    pub email_verified: bool,
    /// Password hash (PHC string); absent on imported and erased accounts, to which login is
    /// refused.
    pub password_hash: Option<String>,
    /// Profile, edited by the owner.
    pub profile: Profile,
    /// Its role.
    pub role: Role,
    /// Timestamp of the suspension by an admin (UTC).
    pub suspended_at: Option<DateTime<Utc>>,
    /// Timestamp of the erasure (UTC).
    pub erased_at: Option<DateTime<Utc>>,
    /// Sum of the published overall ratings of this guest by hosts.
    pub rating_sum: i64,
    /// Number of these ratings.
    pub rating_count: i64,
    /// Timestamp of the creation (UTC).
    pub created_at: DateTime<Utc>,
    /// Timestamp of the last change (UTC).
    pub updated_at: DateTime<Utc>,
    /// Version number for optimistic locking; the first stored version is 1.
    pub version: i64,
}

/// An account. Its record is read-only to callers and changes only through its methods.
///
/// Guarantees: an erased account is a member without password, telephone number and verified address;
/// its rating is one that as many reviews can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User(UserRecord);

impl Deref for User {
    type Target = UserRecord;

    fn deref(&self) -> &UserRecord {
        &self.0
    }
}

impl User {
    /// Creates an unverified member.
    ///
    /// # Errors
    /// Violations of the profile.
    pub fn register(
        id: UserId,
        email: Email,
        password_hash: Option<String>,
        profile: Profile,
        now: DateTime<Utc>,
    ) -> Result<Self, Violations> {
        profile.validate().into_result(())?;
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

    /// Restores an account from its stored record. Names are those that were accepted when they were
    /// stored, and are not judged again.
    ///
    /// # Errors
    /// [`InvalidRecord`] when the parts of the record contradict each other.
    pub fn restore(record: UserRecord) -> Result<Self, InvalidRecord> {
        check_version(record.version)?;
        check_rating("rating", record.rating_sum, record.rating_count)?;
        if record.erased_at.is_some() {
            check_erased(&record)?;
        }
        Ok(Self(record))
    }

    /// Returns the record to store.
    #[must_use]
    pub fn into_record(self) -> UserRecord {
        self.0
    }

    /// Returns `true` if the account may log in and act.
    #[must_use]
    pub const fn is_active(&self) -> bool {
        self.0.email_verified && self.0.suspended_at.is_none() && self.0.erased_at.is_none()
    }

    /// Returns `true` for an admin whose account is neither suspended nor erased.
    #[must_use]
    pub fn is_active_operator(&self) -> bool {
        self.0.role == Role::Admin && self.0.suspended_at.is_none() && self.0.erased_at.is_none()
    }

    /// Returns `true` if the account came from a registration whose address was never verified, so
    /// that it may be the registration of another person than the owner of the address.
    #[must_use]
    pub const fn is_unproved_registration(&self) -> bool {
        !self.0.email_verified && self.0.password_hash.is_some() && self.0.erased_at.is_none()
    }

    /// Returns `true` if the actor may know that the account exists: always for the owner and
    /// admins; for others once the address is verified, or if the account was created without a
    /// registration. Otherwise registering an address and looking for the account would reveal
    /// whether the address was known.
    #[must_use]
    pub fn is_shown_to(&self, viewer: Option<&Actor>) -> bool {
        let own = viewer.is_some_and(|viewer| viewer.admin || viewer.user_id == self.0.id);
        own || (self.0.erased_at.is_none() && !self.is_unproved_registration())
    }

    /// Replaces an unproved registration by a later one of the same address, with its password and
    /// profile. The time of creation is that of the later registration, by which its links are told
    /// apart from those of the earlier one. Suspension and role are kept.
    ///
    /// # Errors
    /// Violations of the profile.
    pub fn register_again(
        mut self,
        email: Email,
        password_hash: String,
        profile: Profile,
        now: DateTime<Utc>,
    ) -> Result<Self, Violations> {
        profile.validate().into_result(())?;
        self.0.email = email;
        self.0.password_hash = Some(password_hash);
        self.0.profile = profile;
        self.0.created_at = now;
        Ok(self.bump_version(now))
    }

    /// Marks the address as verified.
    #[must_use]
    pub fn verify_email(mut self, now: DateTime<Utc>) -> Self {
        self.0.email_verified = true;
        self.bump_version(now)
    }

    /// Replaces the profile.
    ///
    /// # Errors
    /// Violations of the profile.
    pub fn edit(mut self, profile: Profile, now: DateTime<Utc>) -> Result<Self, Violations> {
        profile.validate_change(&self.0.profile).into_result(())?;
        self.0.profile = profile;
        Ok(self.bump_version(now))
    }

    /// Replaces the password.
    #[must_use]
    pub fn set_password(mut self, hash: String, now: DateTime<Utc>) -> Self {
        self.0.password_hash = Some(hash);
        self.bump_version(now)
    }

    /// Replaces the password by means of a mailed link, which also verifies the address.
    #[must_use]
    pub fn reset_password(mut self, hash: String, now: DateTime<Utc>) -> Self {
        self.0.password_hash = Some(hash);
        self.0.email_verified = true;
        self.bump_version(now)
    }

    /// Creates an admin whose address is taken as verified.
    ///
    /// # Errors
    /// Violations of the profile.
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

    /// Makes the account an admin with this password, its address taken as verified.
    #[must_use]
    pub fn appoint(mut self, password_hash: String, now: DateTime<Utc>) -> Self {
        self.0.role = Role::Admin;
        self.0.email_verified = true;
        self.0.password_hash = Some(password_hash);
        self.bump_version(now)
    }

    /// Suspends the account; a repeated suspension keeps the first timestamp.
    #[must_use]
    pub fn suspend(mut self, now: DateTime<Utc>) -> Self {
        self.0.suspended_at = self.0.suspended_at.or(Some(now));
        self.bump_version(now)
    }

    /// Reinstates a suspended account.
    #[must_use]
    pub fn reinstate(mut self, now: DateTime<Utc>) -> Self {
        self.0.suspended_at = None;
        self.bump_version(now)
    }

    /// Replaces the address by one that the owner has proved. Password and second factor are kept.
    #[must_use]
    pub fn change_email(mut self, email: Email, now: DateTime<Utc>) -> Self {
        self.0.email = email;
        self.0.email_verified = true;
        self.bump_version(now)
    }

    /// Changes the role, the address, or both. A new address must be verified by its owner, and the
    /// password is removed with the old one.
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
        self.bump_version(now)
    }

    /// Anonymises the account permanently: personal data is removed; shared records (bookings,
    /// reviews, the ledger) remain.
    ///
    /// # Errors
    /// [`EmailError`] never occurs: the replacement address is derived from the id.
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
        Ok(self.bump_version(now))
    }

    fn bump_version(mut self, now: DateTime<Utc>) -> Self {
        self.0.updated_at = now;
        self.0.version += 1;
        self
    }
}

/// Checks that an erased account has nothing to log in with.
fn check_erased(record: &UserRecord) -> Result<(), InvalidRecord> {
    let rule = "an erased account keeps no personal data and no rights";
    let kept = if record.password_hash.is_some() {
        "password_hash"
    } else if record.email_verified {
        "email_verified"
    } else if record.role == Role::Admin {
        "role"
    } else if record.profile.phone.is_some() {
        "profile.phone"
    } else {
        return Ok(());
    };
    Err(InvalidRecord::new(kept, "set", rule))
}
