//! Counts and checksums of tables.

use std::fmt::Debug;

use sha2::{Digest as _, Sha256};

/// The number of rows, and a sum over the digests of all rows, which is the same in any order of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TableChecksum {
    pub rows: u64,
    pub sum: u128,
}

impl TableChecksum {
    /// Counts a row.
    pub(crate) fn add(&mut self, row: &impl Debug) {
        let digest = Sha256::digest(format!("{row:?}"));
        if let Some(start) = digest.first_chunk() {
            self.sum = self.sum.wrapping_add(u128::from_be_bytes(*start));
        }
        self.rows += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checksum(rows: &[(i32, Option<&str>)]) -> TableChecksum {
        let mut checksum = TableChecksum::default();
        rows.iter().for_each(|row| checksum.add(row));
        checksum
    }

    #[test]
    fn the_order_of_rows_does_not_count_but_every_value_does() {
        let all = checksum(&[(1, Some("a")), (2, None)]);
        assert_eq!(all, checksum(&[(2, None), (1, Some("a"))]));
        assert_eq!(all.rows, 2);
        for other in [
            [(1, Some("a")), (2, Some(""))],
            [(1, None), (2, Some("a"))],
            [(1, Some("a")), (3, None)],
        ] {
            assert_ne!(all, checksum(&other), "{other:?}");
        }
    }
}
