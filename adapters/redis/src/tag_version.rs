//! Versions of cache tags.

use std::time::Duration;

use uuid::Uuid;

/// Key of the version that every value depends on.
pub(crate) const EPOCH: &str = "sojourn:1:epoch";

/// Lifetime of a tag version: much longer than that of any value, so that values rarely end with it.
pub(crate) const TAG_VERSION_TTL: Duration = Duration::from_secs(3_600);

/// A globally unique version of a tag. A tag gets a new one when its data changes, and a value is valid only while its
/// tags have the versions that they had before it was loaded. A counter would not do: if Redis lost it, it would start
/// again, and old values would become valid again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TagVersion([u8; Self::LENGTH]);

impl TagVersion {
    /// Length in bytes.
    pub(crate) const LENGTH: usize = 16;

    /// A new version.
    #[expect(
        clippy::disallowed_methods,
        reason = "it identifies no entity, and nothing is read from it"
    )]
    pub(crate) fn generate() -> Self {
        Self(Uuid::now_v7().into_bytes())
    }

    /// Parses the bytes in Redis; `None` when they have another length.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes in Redis.
    pub(crate) const fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_unique_and_round_trip() {
        let version = TagVersion::generate();
        assert_ne!(version, TagVersion::generate());
        assert_eq!(TagVersion::parse(version.as_bytes()), Some(version));
        for foreign in [&b""[..], b"1", b"fifteen bytes..", b"seventeen bytes.."] {
            assert_eq!(TagVersion::parse(foreign), None);
        }
    }
}
