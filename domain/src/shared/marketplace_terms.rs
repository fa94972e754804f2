//! Terms of the marketplace: fees and time limits.

use crate::shared::basis_points::BasisPoints;
use crate::shared::currency::Currency;
use crate::shared::money::Money;
use crate::shared::stay::Stay;
use crate::shared::violations::Violations;

/// Fees and time limits, configurable by the operator. A booking keeps the terms in force when it
/// was made.
///
/// Source of the defaults: the domain rules of Sojourn, section *API, the program, `[terms]`*.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields, default)
)]
pub struct MarketplaceTerms {
    /// Version of the terms, counted from 1. It is not a setting: each change of the settings
    /// increments it.
    pub version: u32,
    /// Minutes for which nights are held until payment.
    pub hold_minutes: u32,
    /// Hours for a host to answer a request.
    pub request_hours: u32,
    /// Minutes for which a quote is valid.
    pub quote_minutes: u32,
    /// Hours after confirmation within which a guest may cancel with a full refund, subject to
    /// `grace_days_ahead`.
    pub grace_hours: u32,
    /// Minimum days between confirmation and check-in for the grace period to apply.
    pub grace_days_ahead: u32,
    /// The guest's service fee on all lines above it.
    pub guest_fee_bps: BasisPoints,
    /// The host fee on all lines above the service fee.
    pub host_fee_bps: BasisPoints,
    /// Days after check-out within which a stay may be reviewed.
    pub review_days: u32,
    /// Days after publication within which a review may be answered.
    pub response_days: u32,
    /// Hours between the scheduled check-in and the host's payout.
    pub payout_hours: u32,
    /// Hours within which an alteration may be accepted.
    pub alteration_hours: u32,
    /// Number of alterations that may be applied to a booking.
    pub max_alterations: u32,
    /// Number of unpaid holds that an account may have open.
    pub max_open_holds: u32,
    /// Number of nights of the longest stay that can be held unpaid.
    pub max_hold_nights: u32,
    /// Minutes for which an account cannot hold nights again that it let go unpaid.
    pub released_nights_minutes: u32,
    /// Number of cards that may be refused for a booking.
    pub max_refused_cards: u32,
    /// Number of cards that may be refused for the bookings of an account within an hour.
    pub max_refused_cards_hourly: u32,
    /// Number of alterations that may be proposed for a booking within a day.
    pub max_daily_proposals: u32,
    /// Days within which one review of a guest counts for the rating of a property.
    pub counted_review_days: u32,
    /// Smallest fee of a host who cancels, by currency; none for a currency that is not listed.
    pub host_cancellation_minimums: Vec<Money>,
    /// Smallest price of a night, by currency; one unit of a currency that is not listed.
    pub nightly_minimums: Vec<Money>,
}

/// 14.2 %; the program does not compile if it is no share.
const GUEST_FEE: BasisPoints = share(1_420);
/// 3 %; the program does not compile if it is no share.
const HOST_FEE: BasisPoints = share(300);

const fn share(value: u32) -> BasisPoints {
    match BasisPoints::try_new(value) {
        Ok(share) => share,
        Err(_) => panic!("above 10000 basis points"),
    }
}

/// Smallest fees of a host who cancels, in minor units.
const HOST_CANCELLATION_MINIMUMS: [(Currency, i64); 7] = [
    (Currency::USD, 50_00),
    (Currency::EUR, 50_00),
    (Currency::GBP, 50_00),
    (Currency::CAD, 50_00),
    (Currency::AUD, 50_00),
    (Currency::CHF, 50_00),
    (Currency::JPY, 5_000),
];

/// Smallest prices of a night, in minor units.
const NIGHTLY_MINIMUMS: [(Currency, i64); 4] = [
    (Currency::USD, 1_00),
    (Currency::EUR, 1_00),
    (Currency::GBP, 1_00),
    (Currency::JPY, 100),
];

impl MarketplaceTerms {
    /// Smallest and largest value of each setting, by the name of its field.
    pub const LIMITS: [(&'static str, u32, u32); 18] = [
        ("hold_minutes", 1, 1_440),
        ("request_hours", 1, 168),
        ("quote_minutes", 1, 1_440),
        ("grace_hours", 0, 720),
        ("grace_days_ahead", 0, 365),
        ("guest_fee_bps", 0, 10_000),
        ("host_fee_bps", 0, 10_000),
        ("review_days", 1, 365),
        ("response_days", 1, 365),
        ("payout_hours", 0, 720),
        ("alteration_hours", 1, 168),
        ("max_open_holds", 1, 1_000),
        ("max_hold_nights", 1, Stay::LONGEST),
        ("released_nights_minutes", 0, 1_440),
        ("max_refused_cards", 1, 1_000),
        ("max_refused_cards_hourly", 1, 1_000),
        ("max_daily_proposals", 1, 1_000),
        ("counted_review_days", 0, 3_650),
    ];

    /// Returns all violations of [`Self::LIMITS`], and of the smallest fees and prices: none is
    /// negative, and each currency has one at most.
    #[must_use]
    pub fn validate(&self) -> Violations {
        let mut found = Violations::new();
        for ((name, min, max), value) in Self::LIMITS.into_iter().zip(self.values()) {
            found.require(
                (min..=max).contains(&value),
                &format!("/{name}"),
                "out_of_range",
                &format!("{min} to {max}"),
            );
        }
        for (name, minimums) in [
            (
                "host_cancellation_minimums",
                &self.host_cancellation_minimums,
            ),
            ("nightly_minimums", &self.nightly_minimums),
        ] {
            check_minimums(&mut found, name, minimums);
        }
        found
    }

    /// The settings in the order of [`Self::LIMITS`].
    pub(crate) const fn values(&self) -> [u32; Self::LIMITS.len()] {
        [
            self.hold_minutes,
            self.request_hours,
            self.quote_minutes,
            self.grace_hours,
            self.grace_days_ahead,
            self.guest_fee_bps.get(),
            self.host_fee_bps.get(),
            self.review_days,
            self.response_days,
            self.payout_hours,
            self.alteration_hours,
            self.max_open_holds,
            self.max_hold_nights,
            self.released_nights_minutes,
            self.max_refused_cards,
            self.max_refused_cards_hourly,
            self.max_daily_proposals,
            self.counted_review_days,
        ]
    }

    /// Smallest fee of a host who cancels a booking in this currency.
    #[must_use]
    pub fn host_cancellation_minimum(&self, currency: Currency) -> Money {
        minimum_in(&self.host_cancellation_minimums, currency).unwrap_or(Money::zero(currency))
    }

    /// Smallest price of a night in this currency.
    #[must_use]
    pub fn nightly_minimum(&self, currency: Currency) -> Money {
        minimum_in(&self.nightly_minimums, currency).unwrap_or_else(|| {
            let unit = 10_i64.saturating_pow(currency.exponent());
            Money::new(unit, currency)
        })
    }
}

fn minimum_in(minimums: &[Money], currency: Currency) -> Option<Money> {
    minimums
        .iter()
        .copied()
        .find(|least| least.currency() == currency)
}

fn check_minimums(found: &mut Violations, name: &str, minimums: &[Money]) {
    for (place, least) in minimums.iter().enumerate() {
        let pointer = format!("/{name}/{place}");
        found.require(
            least.amount() >= 0,
            &pointer,
            "out_of_range",
            "must not be negative",
        );
        found.require(
            minimum_in(&minimums[..place], least.currency()).is_none(),
            &pointer,
            "duplicate",
            "this currency has a minimum already",
        );
    }
}

impl Default for MarketplaceTerms {
    fn default() -> Self {
        Self {
            version: 1,
            hold_minutes: 15,
            request_hours: 24,
            quote_minutes: 15,
            grace_hours: 24,
            grace_days_ahead: 7,
            guest_fee_bps: GUEST_FEE,
            host_fee_bps: HOST_FEE,
            review_days: 14,
            response_days: 30,
            payout_hours: 24,
            alteration_hours: 24,
            max_alterations: 10,
            max_open_holds: 5,
            max_hold_nights: 365,
            released_nights_minutes: 10,
            max_refused_cards: 10,
            max_refused_cards_hourly: 20,
            max_daily_proposals: 10,
            counted_review_days: 90,
            host_cancellation_minimums: HOST_CANCELLATION_MINIMUMS
                .map(|(currency, least)| Money::new(least, currency))
                .to_vec(),
            nightly_minimums: NIGHTLY_MINIMUMS
                .map(|(currency, least)| Money::new(least, currency))
                .to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointers(terms: &MarketplaceTerms) -> Vec<String> {
        let found = terms.validate().into_vec();
        found.into_iter().map(|it| it.pointer.to_string()).collect()
    }

    #[test]
    fn default_terms_are_valid() {
        assert!(pointers(&MarketplaceTerms::default()).is_empty());
    }

    #[test]
    fn every_setting_has_its_limits() {
        let share = |value| BasisPoints::try_new(value).unwrap();
        let with = |value| MarketplaceTerms {
            hold_minutes: value,
            request_hours: value,
            quote_minutes: value,
            grace_hours: value,
            grace_days_ahead: value,
            guest_fee_bps: share(value.min(10_000)),
            host_fee_bps: share(value.min(10_000)),
            review_days: value,
            response_days: value,
            payout_hours: value,
            alteration_hours: value,
            max_open_holds: value,
            max_hold_nights: value,
            released_nights_minutes: value,
            max_refused_cards: value,
            max_refused_cards_hourly: value,
            max_daily_proposals: value,
            counted_review_days: value,
            ..MarketplaceTerms::default()
        };
        let names = |limit: fn(u32, u32) -> bool| -> Vec<String> {
            let limits = MarketplaceTerms::LIMITS.into_iter();
            limits
                .filter(|&(_, min, max)| limit(min, max))
                .map(|(name, ..)| format!("/{name}"))
                .collect()
        };
        assert_eq!(pointers(&with(0)), names(|min, _| min > 0));
        assert_eq!(pointers(&with(u32::MAX)), names(|_, max| max < 10_000));
        for at_limit in [1, 168] {
            assert!(pointers(&with(at_limit)).is_empty(), "{at_limit}");
        }
        assert_eq!(
            pointers(&with(169)),
            ["/request_hours", "/alteration_hours"]
        );
    }

    #[test]
    fn minimums_are_not_negative_and_one_a_currency() {
        let terms = MarketplaceTerms {
            host_cancellation_minimums: vec![
                Money::new(-1, Currency::USD),
                Money::new(0, Currency::EUR),
                Money::new(1, Currency::EUR),
            ],
            nightly_minimums: vec![Money::new(0, Currency::USD), Money::new(-1, Currency::USD)],
            ..MarketplaceTerms::default()
        };
        assert_eq!(
            pointers(&terms),
            [
                "/host_cancellation_minimums/0",
                "/host_cancellation_minimums/2",
                "/nightly_minimums/1",
                "/nightly_minimums/1"
            ]
        );
    }

    #[test]
    fn the_smallest_price_of_a_night_is_a_unit_or_that_of_the_table() {
        let terms = MarketplaceTerms::default();
        for (code, least) in [
            ("USD", 1_00),
            ("EUR", 1_00),
            ("GBP", 1_00),
            ("JPY", 100),
            ("KRW", 1),
            ("CHF", 1_00),
            ("KWD", 1_000),
        ] {
            let currency = Currency::parse(code).unwrap();
            assert_eq!(terms.nightly_minimum(currency), Money::new(least, currency));
        }
    }
}
