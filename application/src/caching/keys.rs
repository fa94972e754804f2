//! Keys of the answers that every anonymous caller shares, with the tags of what they depend on.

use sojourn_domain::shared::{PropertyId, UserId};

use crate::ports::{CacheKey, CacheNamespace, CacheTag};

/// Key of a property in its public view.
#[must_use]
pub fn public_property(id: PropertyId) -> CacheKey {
    CacheKey {
        namespace: CacheNamespace::Properties,
        name: id.to_string(),
        tags: vec![CacheTag::Property(id)],
    }
}

/// Key of a public profile.
#[must_use]
pub fn public_profile(id: UserId) -> CacheKey {
    CacheKey {
        namespace: CacheNamespace::Profiles,
        name: id.to_string(),
        tags: vec![CacheTag::Profile(id)],
    }
}

/// Key of a page of a property's published reviews; the name contains the property and the page.
#[must_use]
pub fn published_reviews(id: PropertyId, name: String) -> CacheKey {
    CacheKey {
        namespace: CacheNamespace::Reviews,
        name,
        tags: vec![CacheTag::Property(id)],
    }
}

/// Key of a page of a search; the name contains its filters, order and page.
#[must_use]
pub fn search(name: String) -> CacheKey {
    CacheKey {
        namespace: CacheNamespace::Searches,
        name,
        tags: vec![CacheTag::Search],
    }
}

/// Key of suggestions of cities; the name contains their prefix and number.
#[must_use]
pub fn places(name: String) -> CacheKey {
    search(name)
}

/// Key of the properties that are like another one; the name contains the property and their number.
#[must_use]
pub fn similar(id: PropertyId, name: String) -> CacheKey {
    CacheKey {
        namespace: CacheNamespace::Searches,
        name,
        tags: vec![CacheTag::Search, CacheTag::Property(id)],
    }
}

/// Key of the answer to a query of another interface; the name contains the query and the tags.
#[must_use]
pub const fn query(name: String, tags: Vec<CacheTag>) -> CacheKey {
    CacheKey {
        namespace: CacheNamespace::Queries,
        name,
        tags,
    }
}
