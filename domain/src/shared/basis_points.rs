//! Percentages in hundredths of a per cent.

use std::fmt;

/// A share in basis points, 0 to 10,000 (100 %).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "u32", into = "u32")
)]
pub struct BasisPoints(u32);

/// The value is above 10,000 basis points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be between 0 and 10000 basis points")]
pub struct BasisPointsError;

impl BasisPoints {
    /// 0 %.
    pub const ZERO: Self = Self(0);
    /// 100 %.
    pub const WHOLE: Self = Self(10_000);
    /// 50 %.
    pub const HALF: Self = Self(5_000);

    /// Creates a share of at most 10,000 basis points.
    ///
    /// # Errors
    /// [`BasisPointsError`] when the value is above.
    pub const fn try_new(value: u32) -> Result<Self, BasisPointsError> {
        if value <= Self::WHOLE.0 {
            Ok(Self(value))
        } else {
            Err(BasisPointsError)
        }
    }

    /// The number of basis points.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// As a percentage: `14.2%`.
impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, hundredths) = (self.0 / 100, self.0 % 100);
        let fraction = format!("{hundredths:02}");
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        f.pad(&format!("{whole}{point}{fraction}%"))
    }
}

impl TryFrom<u32> for BasisPoints {
    type Error = BasisPointsError;

    fn try_from(value: u32) -> Result<Self, BasisPointsError> {
        Self::try_new(value)
    }
}

impl From<BasisPoints> for u32 {
    fn from(share: BasisPoints) -> Self {
        share.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_at_most_the_whole() {
        assert_eq!(BasisPoints::try_new(0), Ok(BasisPoints::ZERO));
        assert_eq!(BasisPoints::try_new(5_000), Ok(BasisPoints::HALF));
        assert_eq!(BasisPoints::try_new(10_000), Ok(BasisPoints::WHOLE));
        assert_eq!(BasisPoints::try_new(10_001), Err(BasisPointsError));
        assert_eq!(BasisPoints::try_from(u32::MAX), Err(BasisPointsError));
    }

    #[test]
    fn basis_points_round_trip() {
        for value in [0, 1, 1_420, 10_000] {
            let share = BasisPoints::try_from(value).unwrap();
            assert_eq!((share.get(), u32::from(share)), (value, value));
        }
        assert!(BasisPoints::ZERO < BasisPoints::HALF && BasisPoints::HALF < BasisPoints::WHOLE);
    }
}
