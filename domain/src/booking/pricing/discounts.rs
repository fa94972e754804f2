//! Discounts on the nights.

use std::borrow::Cow;
use std::cmp::Reverse;

use crate::booking::pricing::conditions::LeadTimeDiscount;
use crate::booking::pricing::draft::{Draft, PriceTrace, pluralize, share_of};
use crate::booking::pricing::price::{LineKind, PriceError, RatePlan};
use crate::property::pricing::{DayDiscount, Pricing};
use crate::shared::basis_points::BasisPoints;
use crate::shared::money::MoneyError;

const EARLY_BIRD_LABEL: &str = "Early-bird discount";
const LAST_MINUTE_LABEL: &str = "Last-minute discount";
const NON_REFUNDABLE_LABEL: &str = "Non-refundable rate";
const NON_REFUNDABLE_RULE: &str = "non_refundable_discount";

/// A discount that the host offers.
#[derive(Clone, Copy)]
struct Offer {
    rule: &'static str,
    share: BasisPoints,
    on: Condition,
}

/// Condition of a discount.
#[derive(Clone, Copy)]
enum Condition {
    /// At least `least` nights.
    Nights { stay: u32, least: u32 },
    /// Booked at least `least` days ahead.
    Early { ahead: i64, least: u32 },
    /// Booked at most `most` days ahead.
    Late { ahead: i64, most: u32 },
}

impl Condition {
    fn holds(self) -> bool {
        match self {
            Self::Nights { stay, least } => stay >= least,
            Self::Early { ahead, least } => ahead >= least.into(),
            Self::Late { ahead, most } => ahead <= most.into(),
        }
    }

    fn describe(self) -> String {
        match self {
            Self::Nights { stay, least } => format!("{}, needs {least}", pluralize(stay, "night")),
            Self::Early { ahead, least } => {
                format!("{} ahead, needs {least} or more", pluralize(ahead, "day"))
            }
            Self::Late { ahead, most } => {
                format!("{} ahead, needs {most} or fewer", pluralize(ahead, "day"))
            }
        }
    }

    const fn kind(self) -> LineKind {
        match self {
            Self::Nights { .. } => LineKind::LengthOfStayDiscount,
            Self::Early { .. } => LineKind::EarlyBirdDiscount,
            Self::Late { .. } => LineKind::LastMinuteDiscount,
        }
    }

    fn label(self) -> Cow<'static, str> {
        match self {
            Self::Nights { least, .. } => format!("Discount for {least} nights or more").into(),
            Self::Early { .. } => EARLY_BIRD_LABEL.into(),
            Self::Late { .. } => LAST_MINUTE_LABEL.into(),
        }
    }
}

/// Length-of-stay tiers: weekly, monthly, and the host's own. Tiers of 0 basis points are left out.
fn tiers(pricing: &Pricing, stay: u32) -> impl Iterator<Item = Offer> + Clone {
    let fixed = [
        (
            Pricing::WEEKLY_NIGHTS,
            pricing.weekly_discount_bps,
            "weekly_discount",
        ),
        (
            Pricing::MONTHLY_NIGHTS,
            pricing.monthly_discount_bps,
            "monthly_discount",
        ),
    ];
    let own = pricing.length_of_stay_discounts.iter();
    let own = own.map(|tier| (tier.nights, tier.discount_bps, "length_of_stay_discount"));
    let all = fixed
        .into_iter()
        .chain(own)
        .filter(|(_, share, _)| *share > BasisPoints::ZERO);
    all.map(move |(least, share, rule)| Offer {
        rule,
        share,
        on: Condition::Nights { stay, least },
    })
}

/// Early-bird and last-minute discount, in this order. Discounts of 0 basis points are left out.
fn day_discounts(pricing: &Pricing, ahead: i64) -> impl Iterator<Item = Offer> + Clone {
    let offered =
        |rule: Option<DayDiscount>| rule.filter(|rule| rule.discount_bps > BasisPoints::ZERO);
    let early = offered(pricing.early_bird).map(|rule| Offer {
        rule: "early_bird",
        share: rule.discount_bps,
        on: Condition::Early {
            ahead,
            least: rule.days_ahead,
        },
    });
    let late = offered(pricing.last_minute).map(|rule| Offer {
        rule: "last_minute",
        share: rule.discount_bps,
        on: Condition::Late {
            ahead,
            most: rule.days_ahead,
        },
    });
    early.into_iter().chain(late)
}

/// The early-bird or last-minute discount that applies so many days ahead: the larger when both
/// fit, the early-bird discount when they are equal.
pub(super) fn lead_time_discount(pricing: &Pricing, days: i64) -> Option<LeadTimeDiscount> {
    day_discounts(pricing, days)
        .filter(|offer| offer.on.holds())
        .min_by_key(|offer| Reverse(offer.share))
        .map(|offer| LeadTimeDiscount {
            kind: offer.on.kind(),
            bps: offer.share,
        })
}

impl<W: PriceTrace> Draft<'_, W> {
    /// Applies the early-bird or last-minute discount that was agreed earlier.
    pub(super) fn agreed_lead_time(
        &mut self,
        agreed: Option<LeadTimeDiscount>,
    ) -> Result<(), MoneyError> {
        let Some(LeadTimeDiscount { kind, bps }) = agreed else {
            return Ok(());
        };
        let (label, rule) = if kind == LineKind::EarlyBirdDiscount {
            (EARLY_BIRD_LABEL, "early_bird")
        } else {
            (LAST_MINUTE_LABEL, "last_minute")
        };
        self.discount(kind, label, bps, rule, || "agreed before".to_owned())
    }

    /// Applies the reduction of the non-refundable rate that was agreed earlier.
    pub(super) fn agreed_non_refundable(&mut self, share: BasisPoints) -> Result<(), MoneyError> {
        if share == BasisPoints::ZERO {
            return Ok(());
        }
        self.discount(
            LineKind::NonRefundableDiscount,
            NON_REFUNDABLE_LABEL,
            share,
            NON_REFUNDABLE_RULE,
            || "agreed before".to_owned(),
        )
    }

    /// Applies the longest tier that fits; of two tiers of the same length, the larger.
    pub(super) fn length_of_stay(
        &mut self,
        pricing: &Pricing,
        nights: u32,
    ) -> Result<(), MoneyError> {
        let length = |offer: &Offer| match offer.on {
            Condition::Nights { least, .. } => least,
            Condition::Early { .. } | Condition::Late { .. } => 0,
        };
        self.apply_largest(tiers(pricing, nights), |offer| (length(offer), offer.share))
    }

    /// Applies the early-bird or last-minute discount: the larger when both fit, the early-bird
    /// discount when they are equal.
    pub(super) fn days_ahead(&mut self, pricing: &Pricing, days: i64) -> Result<(), MoneyError> {
        self.apply_largest(day_discounts(pricing, days), |offer| offer.share)
    }

    /// Applies the fitting offer of the highest rank, the first of equals.
    fn apply_largest<R: Ord>(
        &mut self,
        offers: impl Iterator<Item = Offer> + Clone,
        rank: impl Fn(&Offer) -> R,
    ) -> Result<(), MoneyError> {
        let fitting = offers
            .clone()
            .enumerate()
            .filter(|(_, offer)| offer.on.holds());
        let chosen = fitting.min_by_key(|(_, offer)| Reverse(rank(offer)));
        for (place, Offer { rule, share, on }) in offers.enumerate() {
            match chosen {
                Some((first, _)) if first == place => {
                    self.discount(on.kind(), on.label(), share, rule, || on.describe())?;
                }
                Some((_, better)) if on.holds() => {
                    let other =
                        || format!("{} goes before it ({})", better.rule, better.on.describe());
                    self.skip_rule(rule, || format!("{}, but {}", on.describe(), other()));
                }
                _ => self.skip_rule(rule, || on.describe()),
            }
        }
        Ok(())
    }

    /// Applies the discount of the non-refundable rate to the amount left.
    pub(super) fn non_refundable(
        &mut self,
        pricing: &Pricing,
        rate: RatePlan,
    ) -> Result<(), PriceError> {
        const RULE: &str = NON_REFUNDABLE_RULE;
        match (rate, pricing.non_refundable_discount_bps) {
            (RatePlan::Standard, None) => {}
            (RatePlan::Standard, Some(_)) => {
                self.skip_rule(RULE, || "the guest chose the standard rate".to_owned());
            }
            (RatePlan::NonRefundable, None) => return Err(PriceError::NoSuchRate),
            (RatePlan::NonRefundable, Some(BasisPoints::ZERO)) => {
                self.skip_rule(RULE, || "the rate is no cheaper".to_owned());
            }
            (RatePlan::NonRefundable, Some(share)) => {
                let reason = || "the guest chose the non-refundable rate".to_owned();
                self.discount(
                    LineKind::NonRefundableDiscount,
                    NON_REFUNDABLE_LABEL,
                    share,
                    RULE,
                    reason,
                )?;
            }
        }
        Ok(())
    }

    fn discount(
        &mut self,
        kind: LineKind,
        label: impl Into<Cow<'static, str>>,
        share: BasisPoints,
        rule: &'static str,
        reason: impl FnOnce() -> String,
    ) -> Result<(), MoneyError> {
        let left = self.sum();
        let off = left.checked_percent(share)?.checked_mul(-1)?;
        self.push(kind, label, (1, off), rule, || {
            format!("{}: {}", reason(), share_of(share, left))
        })
    }
}
