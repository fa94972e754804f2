//! A wish list and its changes.

use std::collections::BTreeSet;
use std::ops::Deref;

use chrono::{DateTime, Utc};

use crate::shared::id::{PropertyId, UserId, WishlistId};
use crate::shared::violations::Violations;

/// A saved property.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct WishlistItem {
    /// The property.
    pub property_id: PropertyId,
    /// Note on the property, 1–500 characters.
    pub note: Option<String>,
    /// Timestamp at which the property was saved (UTC).
    pub added_at: DateTime<Utc>,
}

/// Everything that is stored of a wish list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct WishlistRecord {
    /// Unique identifier.
    pub id: WishlistId,
    /// Account of the owner.
    pub user_id: UserId,
    /// Name, 1–100 characters.
    pub name: String,
    /// Saved properties, the latest first.
    pub items: Vec<WishlistItem>,
    /// Secret by which everyone who has it may read the list; absent while it is not shared.
    pub share_token: Option<String>,
    /// Timestamp of the creation (UTC).
    pub created_at: DateTime<Utc>,
    /// Timestamp of the last change (UTC).
    pub updated_at: DateTime<Utc>,
    /// Version number for optimistic locking; the first stored version is 1.
    pub version: i64,
}

/// A wish list. Its name is valid, it holds no property twice and at most [`Wishlist::MAX_ITEMS`]. Its record is
/// read-only to callers and changes only through its methods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wishlist(WishlistRecord);

/// Change of the saved properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WishlistItemChange {
    /// The property is saved, or its note replaced.
    Saved(WishlistItem),
    /// The property is no longer saved.
    Removed(PropertyId),
}

/// A change of a wish list, to be stored as a whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a change has no effect until it is stored"]
pub struct WishlistChange {
    wishlist: Wishlist,
    item: Option<WishlistItemChange>,
}

/// Reason for which a change of a wish list is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WishlistError {
    /// Fields that are invalid.
    #[error("{0}")]
    Invalid(Violations),
    /// The list has as many properties as one may have.
    #[error("a wish list holds at most {} properties", Wishlist::MAX_ITEMS)]
    Full,
    /// A stored list has a property twice.
    #[error("the property {0} is in the wish list twice")]
    Repeated(PropertyId),
}

impl Deref for Wishlist {
    type Target = WishlistRecord;

    fn deref(&self) -> &WishlistRecord {
        &self.0
    }
}

impl Wishlist {
    /// Maximum number of properties of a list.
    pub const MAX_ITEMS: usize = 100;

    /// Maximum number of lists of an account.
    pub const MAX_LISTS: u64 = 50;

    /// Maximum length of a name, in characters.
    pub const MAX_NAME: usize = 100;

    /// Maximum length of a note, in characters.
    pub const MAX_NOTE: usize = 500;

    /// Creates an empty list.
    ///
    /// # Errors
    /// [`WishlistError::Invalid`] if the name is not one line of 1–100 characters.
    pub fn create(
        id: WishlistId,
        user_id: UserId,
        name: String,
        now: DateTime<Utc>,
    ) -> Result<WishlistChange, WishlistError> {
        validate_name(&name)?;
        let record = WishlistRecord {
            id,
            user_id,
            name,
            items: Vec::new(),
            share_token: None,
            created_at: now,
            updated_at: now,
            version: 1,
        };
        Ok(WishlistChange {
            wishlist: Self(record),
            item: None,
        })
    }

    /// The list of a stored record.
    ///
    /// # Errors
    /// [`WishlistError`] if the record is not one that a list can have.
    pub fn restore(record: WishlistRecord) -> Result<Self, WishlistError> {
        validate_name(&record.name)?;
        if record.items.len() > Self::MAX_ITEMS {
            return Err(WishlistError::Full);
        }
        let mut seen = BTreeSet::new();
        for item in &record.items {
            validate_note(item.note.as_deref())?;
            if !seen.insert(item.property_id) {
                return Err(WishlistError::Repeated(item.property_id));
            }
        }
        Ok(Self(record))
    }

    /// Everything that is stored of the list.
    #[must_use]
    pub fn into_record(self) -> WishlistRecord {
        self.0
    }

    /// The item of a saved property.
    #[must_use]
    pub fn item(&self, property_id: PropertyId) -> Option<&WishlistItem> {
        let mut items = self.0.items.iter();
        items.find(|item| item.property_id == property_id)
    }

    /// Changes the name.
    ///
    /// # Errors
    /// [`WishlistError::Invalid`] if it is not one line of 1–100 characters.
    pub fn rename(
        &self,
        name: String,
        now: DateTime<Utc>,
    ) -> Result<WishlistChange, WishlistError> {
        validate_name(&name)?;
        let mut changed = self.next(now);
        changed.0.name = name;
        Ok(WishlistChange {
            wishlist: changed,
            item: None,
        })
    }

    /// Saves a property. A property that is saved already keeps its place and gets the note.
    ///
    /// # Errors
    /// [`WishlistError::Invalid`] if the note is not a text of 1–500 characters, [`WishlistError::Full`] if the list
    /// has [`Wishlist::MAX_ITEMS`] others.
    pub fn save(
        &self,
        property_id: PropertyId,
        note: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<WishlistChange, WishlistError> {
        validate_note(note.as_deref())?;
        let mut changed = self.next(now);
        let items = &mut changed.0.items;
        let item = if let Some(item) = items.iter_mut().find(|it| it.property_id == property_id) {
            item.note = note;
            item.clone()
        } else if items.len() < Self::MAX_ITEMS {
            let item = WishlistItem {
                property_id,
                note,
                added_at: now,
            };
            items.insert(0, item.clone());
            item
        } else {
            return Err(WishlistError::Full);
        };
        Ok(WishlistChange {
            wishlist: changed,
            item: Some(WishlistItemChange::Saved(item)),
        })
    }

    /// Removes a property; `None` if it is not in the list.
    #[must_use]
    pub fn remove(&self, property_id: PropertyId, now: DateTime<Utc>) -> Option<WishlistChange> {
        self.item(property_id)?;
        let mut changed = self.next(now);
        changed.0.items.retain(|it| it.property_id != property_id);
        Some(WishlistChange {
            wishlist: changed,
            item: Some(WishlistItemChange::Removed(property_id)),
        })
    }

    /// Shares the list with everyone who has the token; `None` if it is shared already, by the token that it has.
    #[must_use]
    pub fn share(&self, token: String, now: DateTime<Utc>) -> Option<WishlistChange> {
        if self.0.share_token.is_some() {
            return None;
        }
        let mut changed = self.next(now);
        changed.0.share_token = Some(token);
        Some(WishlistChange {
            wishlist: changed,
            item: None,
        })
    }

    /// Stops sharing, so that the token is void; `None` if the list is not shared.
    #[must_use]
    pub fn stop_sharing(&self, now: DateTime<Utc>) -> Option<WishlistChange> {
        self.0.share_token.as_ref()?;
        let mut changed = self.next(now);
        changed.0.share_token = None;
        Some(WishlistChange {
            wishlist: changed,
            item: None,
        })
    }

    fn next(&self, now: DateTime<Utc>) -> Self {
        let mut next = self.clone();
        next.0.updated_at = now;
        next.0.version += 1;
        next
    }
}

impl WishlistChange {
    /// The list after the change.
    #[must_use]
    pub const fn wishlist(&self) -> &Wishlist {
        &self.wishlist
    }

    /// The change of its properties, if any.
    #[must_use]
    pub const fn item(&self) -> Option<&WishlistItemChange> {
        self.item.as_ref()
    }

    /// The list after the change.
    #[must_use]
    pub fn into_wishlist(self) -> Wishlist {
        self.wishlist
    }
}

fn validate_name(name: &str) -> Result<(), WishlistError> {
    let mut found = Violations::new();
    found.line("/name", name, Wishlist::MAX_NAME);
    found.into_result(()).map_err(WishlistError::Invalid)
}

fn validate_note(note: Option<&str>) -> Result<(), WishlistError> {
    let mut found = Violations::new();
    if let Some(note) = note {
        found.text("/note", note, Wishlist::MAX_NOTE);
    }
    found.into_result(()).map_err(WishlistError::Invalid)
}
