//! Stays: the nights between two civil dates.

use std::fmt;
use std::str::FromStr;

use chrono::{Days, NaiveDate, TimeDelta};

/// A half-open range of civil dates in the property's time zone: it includes the night of
/// `check_in` but not of `check_out`, so that a stay that ends on a day and one that begins on it
/// do not overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Ends")
)]
pub struct Stay {
    check_in: NaiveDate,
    check_out: NaiveDate,
}

#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Ends {
    check_in: NaiveDate,
    check_out: NaiveDate,
}

#[cfg(feature = "serde")]
impl TryFrom<Ends> for Stay {
    type Error = StayError;

    fn try_from(ends: Ends) -> Result<Self, StayError> {
        Self::try_new(ends.check_in, ends.check_out)
    }
}

/// Reason for which two dates form no stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StayError {
    /// Check-out is not after check-in.
    #[error("check-out must be after check-in")]
    Empty,
    /// The stay is longer than [`Stay::LONGEST`] nights.
    #[error("a stay can have at most {max} nights", max = Stay::LONGEST)]
    TooLong,
    /// A date is outside the years 1970 to 2200, or the text is not of the form
    /// `check-in/check-out`.
    #[error("must be a valid date between 1970 and 2200")]
    BadDate,
}

impl Stay {
    /// Maximum nights of any stay.
    pub const LONGEST: u32 = 731;

    /// Creates a stay from `check_in` to `check_out`.
    ///
    /// # Errors
    /// [`StayError`] when the dates form no stay.
    pub fn try_new(check_in: NaiveDate, check_out: NaiveDate) -> Result<Self, StayError> {
        let years = 1970..=2200;
        if [check_in, check_out]
            .iter()
            .any(|date| !years.contains(&chrono::Datelike::year(date)))
        {
            return Err(StayError::BadDate);
        }
        match (check_out - check_in).num_days() {
            ..=0 => Err(StayError::Empty),
            nights if nights > Self::LONGEST.into() => Err(StayError::TooLong),
            _ => Ok(Self {
                check_in,
                check_out,
            }),
        }
    }

    /// Date of arrival, which is also the first night.
    #[must_use]
    pub const fn check_in(self) -> NaiveDate {
        self.check_in
    }

    /// Date of departure; its night is not part of the stay.
    #[must_use]
    pub const fn check_out(self) -> NaiveDate {
        self.check_out
    }

    /// Number of nights, at least 1.
    #[must_use]
    pub fn nights(self) -> u32 {
        u32::try_from((self.check_out - self.check_in).num_days()).unwrap_or(0)
    }

    /// The nights in order, each given by the date on which it begins.
    pub fn dates(self) -> impl Iterator<Item = NaiveDate> + Clone {
        let check_out = self.check_out;
        self.check_in
            .iter_days()
            .take_while(move |&date| date < check_out)
    }

    /// The given number of nights that follow the stay.
    pub fn nights_after(self, count: u32) -> impl Iterator<Item = NaiveDate> + Clone {
        self.check_out.iter_days().take(count as usize)
    }

    /// Returns `true` if the stays share a night.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.check_in < other.check_out && other.check_in < self.check_out
    }

    /// The stays of as many nights that begin up to `days` days before or after this one: the nearest first, and of two
    /// that are as near the earlier one. Those outside the years of stays are left out.
    pub fn near(self, days: u32) -> impl Iterator<Item = Self> {
        let moved = move |days: i64| {
            let by = TimeDelta::days(days);
            let check_in = self.check_in.checked_add_signed(by)?;
            let check_out = self.check_out.checked_add_signed(by)?;
            Self::try_new(check_in, check_out).ok()
        };
        let others = (1..=i64::from(days)).flat_map(|days| [-days, days]);
        std::iter::once(0).chain(others).filter_map(moved)
    }

    /// The date `days` after check-in.
    #[must_use]
    pub fn day(self, days: u32) -> Option<NaiveDate> {
        self.check_in.checked_add_days(Days::new(days.into()))
    }
}

impl fmt::Display for Stay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.check_in, self.check_out)
    }
}

impl FromStr for Stay {
    type Err = StayError;

    fn from_str(text: &str) -> Result<Self, StayError> {
        let (from, to) = text.split_once('/').ok_or(StayError::BadDate)?;
        let date = |text: &str| text.parse::<NaiveDate>().map_err(|_| StayError::BadDate);
        Self::try_new(date(from)?, date(to)?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("2026-07-03/2026-07-04", Ok(1))]
    #[case("2026-07-03/2026-07-03", Err(StayError::Empty))]
    #[case("2026-07-03/2026-07-02", Err(StayError::Empty))]
    #[case("2026-07-03/2028-07-03", Ok(731))] // over a leap day
    #[case("2026-07-03/2028-07-04", Err(StayError::TooLong))]
    #[case("1970-01-01/1970-01-02", Ok(1))]
    #[case("1969-12-31/1970-01-02", Err(StayError::BadDate))]
    #[case("2200-12-30/2200-12-31", Ok(1))]
    #[case("2200-12-31/2201-01-01", Err(StayError::BadDate))]
    #[case("2026-07-03/9999-07-03", Err(StayError::BadDate))]
    #[case("2026-02-30/2026-03-02", Err(StayError::BadDate))]
    #[case("2027-02-28/2027-02-29", Err(StayError::BadDate))]
    #[case("2026-07-03", Err(StayError::BadDate))]
    #[case("2026-07-03/", Err(StayError::BadDate))]
    #[case("2026-07-03/2026-07-04/2026-07-05", Err(StayError::BadDate))]
    #[case("tomorrow/2026-07-04", Err(StayError::BadDate))]
    #[case("2027-12-31/2028-01-01", Ok(1))]
    #[case("2028-02-28/2028-03-01", Ok(2))]
    #[case("2027-02-28/2027-03-01", Ok(1))]
    fn counts_the_nights_between_two_dates(
        #[case] text: &str,
        #[case] nights: Result<u32, StayError>,
    ) {
        assert_eq!(text.parse::<Stay>().map(Stay::nights), nights);
    }

    #[test]
    fn nights_are_the_dates_on_which_they_begin() {
        let stay: Stay = "2028-02-28/2028-03-01".parse().unwrap();
        let dates: Vec<_> = stay.dates().map(|date| date.to_string()).collect();
        assert_eq!(dates, ["2028-02-28", "2028-02-29"]);
        let after: Vec<_> = stay.nights_after(2).map(|date| date.to_string()).collect();
        assert_eq!(after, ["2028-03-01", "2028-03-02"]);
        assert_eq!(stay.nights_after(0).count(), 0);
        assert_eq!(
            (stay.day(0), stay.day(2)),
            (Some(stay.check_in()), Some(stay.check_out()))
        );
        assert_eq!(stay.day(u32::MAX), None);
        assert_eq!(stay.to_string(), "2028-02-28/2028-03-01");
    }

    #[test]
    fn near_stays_are_as_long() {
        let near = |text: &str, days| {
            let stay: Stay = text.parse().unwrap();
            stay.near(days).map(|it| it.to_string()).collect::<Vec<_>>()
        };
        let expected = [
            "2028-02-28/2028-03-01",
            "2028-02-27/2028-02-29",
            "2028-02-29/2028-03-02",
            "2028-02-26/2028-02-28",
            "2028-03-01/2028-03-03",
        ];
        assert_eq!(near("2028-02-28/2028-03-01", 2), expected);
        assert_eq!(near("2028-02-28/2028-03-01", 0), expected[..1]);
        let first = ["1970-01-01/1970-01-02", "1970-01-02/1970-01-03"];
        assert_eq!(near("1970-01-01/1970-01-02", 1), first);
        let last = ["2200-12-30/2200-12-31", "2200-12-29/2200-12-30"];
        assert_eq!(near("2200-12-30/2200-12-31", 1), last);
    }

    #[rstest]
    #[case("2028-02-27/2028-02-29", "2028-02-29/2028-03-01", false)] // a turnover day
    #[case("2028-02-27/2028-03-01", "2028-02-29/2028-03-01", true)]
    #[case("2028-02-27/2028-03-05", "2028-02-29/2028-03-01", true)]
    #[case("2028-02-27/2028-02-28", "2028-02-29/2028-03-01", false)]
    #[case("2028-02-29/2028-03-01", "2028-02-29/2028-03-01", true)]
    fn stays_overlap_that_share_a_night(
        #[case] one: Stay,
        #[case] other: Stay,
        #[case] shared: bool,
    ) {
        assert_eq!((one.overlaps(other), other.overlaps(one)), (shared, shared));
    }

    proptest! {
        #[test]
        fn overlap_is_a_shared_night(a in 0_u64..40, n in 1_u64..20, b in 0_u64..40, m in 1_u64..20) {
            let day = |days| NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(days);
            let (one, two) = (Stay::try_new(day(a), day(a + n)).unwrap(), Stay::try_new(day(b), day(b + m)).unwrap());
            let shared = one.dates().any(|night| two.dates().any(|other| other == night));
            prop_assert_eq!(one.overlaps(two), shared);
            prop_assert_eq!(one.dates().count() as u32, one.nights());
        }
    }
}
