//! The stored form of a value in Redis: number of versions, versions, number of bytes, bytes.

use std::sync::Arc;

use crate::tag_version::TagVersion;

/// The first byte of every stored value.
const MAGIC: u8 = 0xA5;

/// The result of decoding a stored value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Decoded {
    /// A valid value.
    Fresh(Arc<[u8]>),
    /// A value that was invalidated.
    Stale,
    /// Bytes that this adapter did not write.
    Foreign,
}

/// The stored form; `None` when the number of versions or bytes exceeds its field.
pub(crate) fn encode(versions: &[TagVersion], value: &[u8]) -> Option<Vec<u8>> {
    let count = u8::try_from(versions.len()).ok()?;
    let length = u32::try_from(value.len()).ok()?;
    let mut bytes = Vec::with_capacity(6 + versions.len() * TagVersion::LENGTH + value.len());
    bytes.extend([MAGIC, count]);
    versions
        .iter()
        .for_each(|version| bytes.extend(version.as_bytes()));
    bytes.extend(length.to_be_bytes());
    bytes.extend(value);
    Some(bytes)
}

/// Decodes the result of [`encode`]. The value is fresh when it has exactly the current versions.
pub(crate) fn decode(bytes: &[u8], current: &[Option<TagVersion>]) -> Decoded {
    let Some((stored, value)) = parse(bytes) else {
        return Decoded::Foreign;
    };
    let same = |(stored, current): (&[u8], &Option<TagVersion>)| {
        current.is_some_and(|current| current.as_bytes() == stored)
    };
    let stored = stored.chunks_exact(TagVersion::LENGTH);
    if stored.len() == current.len() && stored.zip(current).all(same) {
        Decoded::Fresh(Arc::from(value))
    } else {
        Decoded::Stale
    }
}

/// The bytes of the versions, and the value.
fn parse(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let ([magic, count], rest) = bytes.split_first_chunk()?;
    let (versions, rest) = rest.split_at_checked(usize::from(*count) * TagVersion::LENGTH)?;
    let (length, value) = rest.split_first_chunk()?;
    let complete =
        usize::try_from(u32::from_be_bytes(*length)).is_ok_and(|length| length == value.len());
    (*magic == MAGIC && complete).then_some((versions, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn current(versions: &[TagVersion]) -> Vec<Option<TagVersion>> {
        versions.iter().copied().map(Some).collect()
    }

    #[test]
    fn a_value_is_fresh_with_exactly_its_versions() {
        let [a, b, c] = [(); 3].map(|()| TagVersion::generate());
        let bytes = encode(&[a, b], b"value").unwrap();
        assert_eq!(
            decode(&bytes, &current(&[a, b])),
            Decoded::Fresh(Arc::from(*b"value"))
        );
        for others in [
            vec![],
            current(&[a]),
            current(&[b, a]),
            current(&[a, c]),
            current(&[a, b, c]),
            vec![Some(a), None],
        ] {
            assert_eq!(decode(&bytes, &others), Decoded::Stale, "{others:?}");
        }
        assert_eq!(
            decode(&encode(&[a], b"").unwrap(), &current(&[a])),
            Decoded::Fresh(Arc::from(*b""))
        );
    }

    #[test]
    fn truncated_extended_and_unknown_bytes_are_foreign() {
        let version = TagVersion::generate();
        let bytes = encode(&[version], b"value").unwrap();
        for end in 0..bytes.len() {
            assert_eq!(
                decode(&bytes[..end], &current(&[version])),
                Decoded::Foreign,
                "cut at {end}"
            );
        }
        let longer = [&bytes[..], b"!"].concat();
        assert_eq!(decode(&longer, &current(&[version])), Decoded::Foreign);
        for foreign in [&b"{\"id\":1}"[..], &[0; 100], &[0xFF; 300]] {
            assert_eq!(decode(foreign, &current(&[version])), Decoded::Foreign);
        }
    }

    /// Servers of different versions share a Redis.
    #[test]
    fn the_stored_form_does_not_change() {
        let version = TagVersion::parse(&[7; 16]).unwrap();
        let stored = [&[0xA5, 1][..], &[7; 16], &[0, 0, 0, 2], b"ok"].concat();
        assert_eq!(encode(&[version], b"ok"), Some(stored));
    }

    #[test]
    fn more_than_255_versions_cannot_be_encoded() {
        assert_eq!(encode(&vec![TagVersion::generate(); 256], b""), None);
        assert!(encode(&vec![TagVersion::generate(); 255], b"").is_some());
    }
}
