//! Ids derived from names, so that a second import finds what the first one stored.

use chrono::{DateTime, Utc};
use uuid::{Builder, Uuid};

/// A version 8 UUID from the 128-bit FNV-1a hash of a name such as `inside-airbnb/listing/42`.
pub(crate) fn derived_uuid(name: &str) -> Uuid {
    Builder::from_custom_bytes(hash(name).to_be_bytes()).into_uuid()
}

/// A version 7 UUID from a fixed timestamp and the hash of a name: it sorts by time like other ids
/// of the marketplace.
pub(super) fn derived_uuid_v7(name: &str, at: DateTime<Utc>) -> Uuid {
    let mut random = [0; 10];
    random.copy_from_slice(&hash(name).to_be_bytes()[6..]);
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// Source: the FNV reference, 128-bit offset basis and prime.
fn hash(name: &str) -> u128 {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    name.bytes().fold(BASIS, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(PRIME)
    })
}
