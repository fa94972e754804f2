//! Ratings of listings, on the scale that the file uses.

/// Scale of the ratings of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum RatingScale {
    /// 1 to 5, since 2021.
    #[default]
    Five,
    /// 2 to 10.
    Ten,
    /// 20 to 100, until 2020.
    Hundred,
}

/// Numbers of ratings by size, from which the scale is told.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RatingSizes {
    up_to_five: u64,
    up_to_ten: u64,
    above: u64,
}

impl RatingSizes {
    pub fn add(&mut self, text: &str) {
        match number(text) {
            Some(rating) if rating > 10.0 => self.above += 1,
            Some(rating) if rating > 5.0 => self.up_to_ten += 1,
            Some(rating) if rating > 0.0 => self.up_to_five += 1,
            _ => {}
        }
    }

    /// The scale of most ratings.
    pub const fn scale(self) -> RatingScale {
        if self.above > self.up_to_five && self.above > self.up_to_ten {
            RatingScale::Hundred
        } else if self.up_to_ten > self.up_to_five {
            RatingScale::Ten
        } else {
            RatingScale::Five
        }
    }
}

impl RatingScale {
    /// A rating in hundredths of the scale from 1 to 5. `Ok(None)` if there is none, which older
    /// files write as 0.
    pub fn hundredths(self, text: &str) -> Result<Option<u16>, ()> {
        if text.is_empty() || text.eq_ignore_ascii_case("nan") {
            return Ok(None);
        }
        let per_point = match self {
            Self::Five => 100.0,
            Self::Ten => 50.0,
            Self::Hundred => 5.0,
        };
        let rating = number(text).ok_or(())?;
        if rating == 0.0 {
            return Ok(None);
        }
        let hundredths = (rating * per_point).round();
        (100..=500_u16)
            .find(|&value| (f64::from(value) - hundredths).abs() < 0.5)
            .map(Some)
            .ok_or(())
    }
}

/// A rating as a number; accepts `4,85` and `95%`.
fn number(text: &str) -> Option<f64> {
    let text = text.trim_end_matches('%').trim_end().replace(',', ".");
    text.parse().ok().filter(|rating: &f64| rating.is_finite())
}

/// The score of the nth review of a listing, such that the mean of the first n scores is the mean
/// of the listing as nearly as whole scores allow.
pub(super) fn score(hundredths: u16, nth: u64) -> u8 {
    let sum = |count: u64| (2 * count * u64::from(hundredths) + 100) / 200;
    let score = sum(nth) - sum(nth.saturating_sub(1));
    u8::try_from(score.clamp(1, 5)).unwrap_or(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(texts: &[&str]) -> RatingScale {
        let mut sizes = RatingSizes::default();
        texts.iter().for_each(|text| sizes.add(text));
        sizes.scale()
    }

    #[test]
    fn the_scale_is_that_of_most_ratings() {
        assert_eq!(scale(&["4.5", "0.0", "", "5", "47"]), RatingScale::Five);
        assert_eq!(scale(&["97", "80", "20", "5"]), RatingScale::Hundred);
        assert_eq!(scale(&["9", "10", "4"]), RatingScale::Ten);
        assert_eq!(RatingScale::Hundred.hundredths("93%"), Ok(Some(465)));
        assert_eq!(RatingScale::Ten.hundredths("9"), Ok(Some(450)));
        assert_eq!(RatingScale::Five.hundredths("4,85"), Ok(Some(485)));
        assert_eq!(RatingScale::Five.hundredths("0.0"), Ok(None));
        assert_eq!(RatingScale::Five.hundredths("47"), Err(()));
        assert_eq!(RatingScale::Five.hundredths("good"), Err(()));
    }

    #[test]
    fn scores_have_the_mean_of_the_listing() {
        for hundredths in 100..=500 {
            let mut sum = 0_u64;
            for nth in 1..=120 {
                sum += u64::from(score(hundredths, nth));
                let off = (sum * 100).abs_diff(nth * u64::from(hundredths));
                assert!(off <= 50, "{hundredths} after {nth}: {sum}");
            }
        }
    }
}
