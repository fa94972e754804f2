//! Conditions of a booking that was made before bookings kept them.

use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::pricing::conditions::{BookingConditions, LeadTimeDiscount, PresentConditions};
use crate::booking::pricing::price::{LineKind, Price, PriceLine};
use crate::property::pricing::{ExtraGuestFee, NightsDiscount, Pricing, Tax};
use crate::property::tax_rate::TaxRate;
use crate::shared::basis_points::BasisPoints;
use crate::shared::guests::Guests;
use crate::shared::money::Money;
use crate::shared::stay::Stay;

/// Shares that hosts choose most, in order; of several shares that give the same amount, the first
/// that is a multiple of one of these is taken.
const USUAL_STEPS: [u32; 5] = [500, 100, 50, 10, 1];

impl BookingConditions {
    /// Conditions of a booking that kept none. What its price lines and its policy tell is taken
    /// from them, so that an unchanged stay and party have the agreed price; what they do not tell
    /// (fees and tiers that did not apply, the policy for the other lengths) from the property's
    /// present conditions.
    #[must_use]
    pub fn derive(
        price: &Price,
        stay: Stay,
        guests: Guests,
        policy: RefundPolicy,
        present: &PresentConditions,
    ) -> Self {
        let agreed = AgreedPrice {
            price,
            nights: stay.nights(),
            guests,
        };
        let (short_stay_policy, long_stay_policy) = policies(policy, stay, present);
        Self {
            pricing: agreed.pricing(present.pricing.as_ref()),
            short_stay_policy,
            long_stay_policy,
            lead_time: agreed.lead_time(),
            non_refundable_bps: agreed
                .line(LineKind::NonRefundableDiscount)
                .map_or(BasisPoints::ZERO, |(index, line)| {
                    share(line.amount, agreed.sum_before(index))
                }),
        }
    }
}

fn policies(
    policy: RefundPolicy,
    stay: Stay,
    present: &PresentConditions,
) -> (RefundPolicy, RefundPolicy) {
    if policy == RefundPolicy::NonRefundable {
        return (policy, policy);
    }
    let long = stay.nights() >= RefundPolicy::LONG_STAY_NIGHTS;
    let short_at_present = present
        .cancellation_policy
        .map_or(RefundPolicy::Flexible, Into::into);
    let long_at_present = present
        .long_stay_policy
        .map_or(RefundPolicy::LongTermFirm, Into::into);
    if long {
        (short_at_present, policy)
    } else {
        (policy, long_at_present)
    }
}

/// The price of a booking with the stay and party for which it was agreed.
struct AgreedPrice<'a> {
    price: &'a Price,
    nights: u32,
    guests: Guests,
}

impl AgreedPrice<'_> {
    fn line(&self, kind: LineKind) -> Option<(usize, &PriceLine)> {
        let mut lines = self.price.lines.iter().enumerate();
        lines.find(|(_, line)| line.kind == kind)
    }

    fn sum_before(&self, index: usize) -> i64 {
        let before = self.price.lines.iter().take(index);
        before.map(|line| line.amount.amount()).sum()
    }

    fn lead_time(&self) -> Option<LeadTimeDiscount> {
        let (index, line) = self
            .line(LineKind::EarlyBirdDiscount)
            .or_else(|| self.line(LineKind::LastMinuteDiscount))?;
        Some(LeadTimeDiscount {
            kind: line.kind,
            bps: share(line.amount, self.sum_before(index)),
        })
    }

    /// The present price list, with what the price lines tell.
    fn pricing(&self, present: Option<&Pricing>) -> Pricing {
        let currency = self.price.currency();
        let nightly = self.price.nights.first().map(|night| night.amount);
        let own = Pricing::nightly(nightly.unwrap_or(Money::zero(currency)));
        let mut pricing = present
            .filter(|present| present.currency() == currency)
            .cloned()
            .unwrap_or(own);
        self.set_tier(&mut pricing);
        pricing.cleaning_fee = self.line(LineKind::CleaningFee).map(|it| it.1.unit_amount);
        pricing.extra_guest_fee = self.extra_guest_fee(pricing.extra_guest_fee);
        if let Some((_, line)) = self.line(LineKind::PetFee) {
            pricing.pet_fee = Some(line.unit_amount);
        } else if self.guests.pets() > 0 {
            pricing.pet_fee = None;
        }
        pricing.taxes = self.taxes(&pricing.taxes);
        pricing
    }

    /// Makes the tier that applied the one that applies to the length of the stay.
    fn set_tier(&self, pricing: &mut Pricing) {
        let nights = self.nights;
        let found = self.line(LineKind::LengthOfStayDiscount);
        let least = found.map_or(0, |(_, line)| match line.rule.as_ref() {
            "weekly_discount" => 7,
            "monthly_discount" => 28,
            _ => first_number(&line.label).unwrap_or(nights),
        });
        let other = |tier: u32| tier > nights || tier < least;
        pricing
            .length_of_stay_discounts
            .retain(|tier| other(tier.nights));
        if !other(7) {
            pricing.weekly_discount_bps = BasisPoints::ZERO;
        }
        if !other(28) {
            pricing.monthly_discount_bps = BasisPoints::ZERO;
        }
        let Some((index, line)) = found else {
            return;
        };
        let discount_bps = share(line.amount, self.sum_before(index));
        match line.rule.as_ref() {
            "weekly_discount" => pricing.weekly_discount_bps = discount_bps,
            "monthly_discount" => pricing.monthly_discount_bps = discount_bps,
            _ => pricing.length_of_stay_discounts.push(NightsDiscount {
                nights: least,
                discount_bps,
            }),
        }
    }

    /// The fee of the line; without one the party was included.
    fn extra_guest_fee(&self, present: Option<ExtraGuestFee>) -> Option<ExtraGuestFee> {
        let counted = self.guests.total_counted();
        let Some((_, line)) = self.line(LineKind::ExtraGuestFee) else {
            return present.map(|fee| ExtraGuestFee {
                after: fee.after.max(counted),
                ..fee
            });
        };
        let extra = line.quantity.checked_div(self.nights).unwrap_or(0);
        Some(ExtraGuestFee {
            after: counted.saturating_sub(extra),
            per_night: line.unit_amount,
        })
    }

    /// The taxes of the lines, in their order, and present ones from which the stay is exempt.
    fn taxes(&self, present: &[Tax]) -> Vec<Tax> {
        let lines = self.price.lines.iter();
        let paid = lines.filter(|line| line.kind == LineKind::Tax);
        let base = self.price.host_subtotal().map_or(0, Money::amount);
        let mut taxes: Vec<_> = paid
            .map(|line| Tax {
                name: line.label.to_string(),
                rate: match line.rule.as_ref() {
                    "tax.per_night" => TaxRate::PerNight {
                        amount: line.unit_amount,
                    },
                    "tax.per_guest_night" => TaxRate::PerGuestNight {
                        amount: line.unit_amount,
                    },
                    _ => TaxRate::Percent {
                        bps: share(line.amount, base),
                    },
                },
                exempt_from_nights: present
                    .iter()
                    .find(|tax| tax.name == line.label)
                    .and_then(|tax| tax.exempt_from_nights)
                    .filter(|&least| least > self.nights),
            })
            .collect();
        let exempt = present.iter().filter(|tax| {
            tax.exempt_from_nights
                .is_some_and(|least| least <= self.nights)
                && taxes.iter().all(|paid| paid.name != tax.name)
        });
        let exempt: Vec<_> = exempt.cloned().collect();
        taxes.extend(exempt);
        taxes
    }
}

/// The share whose amount of `whole`, rounded, is `part`, without regard to signs; of several the
/// most usual.
fn share(part: Money, whole: i64) -> BasisPoints {
    let (part, whole) = (part.amount().unsigned_abs(), whole.unsigned_abs());
    if whole == 0 {
        return BasisPoints::ZERO;
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    let gives = |bps: u32| (u128::from(bps) * whole + 5_000) / 10_000 == part;
    let nearest = u32::try_from((part * 10_000 + whole / 2) / whole).unwrap_or(u32::MAX);
    let usual = USUAL_STEPS.into_iter().find_map(|step| {
        let below = nearest / step * step;
        [below, below.saturating_add(step)]
            .into_iter()
            .find(|&bps| gives(bps))
    });
    BasisPoints::try_new(usual.unwrap_or(nearest)).unwrap_or(BasisPoints::WHOLE)
}

/// The first number of a text, such as 14 of "Discount for 14 nights or more".
fn first_number(text: &str) -> Option<u32> {
    text.split(|it: char| !it.is_ascii_digit())
        .find(|word| !word.is_empty())
        .and_then(|word| word.parse().ok())
}
