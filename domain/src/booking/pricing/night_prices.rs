//! Price of each night before discounts.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::booking::pricing::draft::{Draft, PriceTrace, pluralize};
use crate::booking::pricing::price::{LineKind, NightPrice, Price, PriceError};
use crate::property::calendar::{Calendar, CalendarError};
use crate::property::pricing::Pricing;
use crate::property::property::Property;
use crate::shared::money::{Money, MoneyError};
use crate::shared::stay::Stay;

/// Source of a night's price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum NightRule {
    /// The property's nightly price.
    Base,
    /// The property's price for Friday and Saturday nights.
    Weekend,
    /// The date's own price.
    Date,
}

impl NightRule {
    const ALL: [Self; 3] = [Self::Base, Self::Weekend, Self::Date];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Base => "night.base",
            Self::Weekend => "night.weekend",
            Self::Date => "night.date",
        }
    }

    /// The source of an agreed night, from the rule of its line.
    fn of_line(agreed: &Price, line: usize) -> Self {
        let rule = agreed.lines.get(line).map(|line| line.rule.as_ref());
        Self::ALL
            .into_iter()
            .find(|known| rule == Some(known.as_str()))
            .unwrap_or(Self::Base)
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Base => "Nights",
            Self::Weekend => "Weekend nights",
            Self::Date => "Nights at a price of their own",
        }
    }
}

/// Price of one night before discounts; `None` for a property without a price.
pub(crate) fn night_amount(
    property: &Property,
    calendar: &Calendar,
    night: NaiveDate,
) -> Result<Option<Money>, CalendarError> {
    let pricing = property.details.pricing.as_ref();
    pricing
        .map(|pricing| Ok(night_price(pricing, calendar, night)?.1))
        .transpose()
}

/// Price of one night and its source: the date's own price, the weekend's (Friday and Saturday
/// nights), or the base. A date's price in a currency that the host no longer uses is ignored.
fn night_price(
    pricing: &Pricing,
    calendar: &Calendar,
    night: NaiveDate,
) -> Result<(NightRule, Money), CalendarError> {
    let own = calendar.rules(night)?.and_then(|rules| rules.price);
    if let Some(amount) = own.filter(|price| price.currency() == pricing.currency()) {
        return Ok((NightRule::Date, amount));
    }
    Ok(match pricing.weekend {
        Some(amount) if matches!(night.weekday(), Weekday::Fri | Weekday::Sat) => {
            (NightRule::Weekend, amount)
        }
        _ => (NightRule::Base, pricing.nightly),
    })
}

/// Nights with the same price and source.
struct Group {
    rule: NightRule,
    amount: Money,
    nights: u32,
}

/// Accumulator of the night lines.
#[derive(Default)]
struct Groups {
    found: Vec<Group>,
    places: HashMap<(NightRule, i64), usize>,
}

impl Groups {
    /// Up to this number, groups are searched linearly; above it, as when each date has its own
    /// price, they are hashed, so that the cost per night does not grow with the stay.
    const LINEAR_SEARCH_LIMIT: usize = 8;

    /// Counts a night and returns the index of its line.
    fn count(&mut self, rule: NightRule, amount: Money) -> usize {
        let key = (rule, amount.amount());
        let place = if self.found.len() <= Self::LINEAR_SEARCH_LIMIT {
            self.found
                .iter()
                .position(|group| (group.rule, group.amount.amount()) == key)
        } else {
            self.places.get(&key).copied()
        };
        if let Some((place, group)) =
            place.and_then(|place| Some((place, self.found.get_mut(place)?)))
        {
            group.nights += 1;
            return place;
        }
        let place = self.found.len();
        self.found.push(Group {
            rule,
            amount,
            nights: 1,
        });
        if place >= Self::LINEAR_SEARCH_LIMIT {
            let new = self.found.iter().enumerate().skip(self.places.len());
            self.places
                .extend(new.map(|(place, group)| ((group.rule, group.amount.amount()), place)));
        }
        place
    }
}

impl<W: PriceTrace> Draft<'_, W> {
    /// Adds one line for each distinct price and source, in the order of first occurrence.
    pub(super) fn nights(
        &mut self,
        pricing: &Pricing,
        calendar: &Calendar,
        stay: Stay,
    ) -> Result<Vec<NightPrice>, PriceError> {
        let priced = stay.dates().map(|night| {
            let (rule, amount) = night_price(pricing, calendar, night)?;
            Ok((night, rule, amount))
        });
        let (nights, groups) = self.night_lines(priced.collect::<Result<_, CalendarError>>()?)?;
        self.trace_nights(pricing, &groups, stay.nights());
        Ok(nights)
    }

    /// Adds the lines of an altered stay: nights that are in both stays keep their agreed price,
    /// added nights have the property's present one.
    pub(super) fn altered_nights(
        &mut self,
        agreed: &Price,
        present: Option<&Pricing>,
        calendar: &Calendar,
        stay: Stay,
    ) -> Result<Vec<NightPrice>, PriceError> {
        let mut priced = Vec::with_capacity(stay.nights() as usize);
        for night in stay.dates() {
            let known = agreed.nights.binary_search_by_key(&night, |it| it.night);
            if let Some(known) = known.ok().and_then(|index| agreed.nights.get(index)) {
                let rule = NightRule::of_line(agreed, known.line);
                priced.push((night, rule, known.amount));
                continue;
            }
            let present = present.ok_or(PriceError::NoPrice)?;
            if present.currency() != agreed.currency() {
                return Err(PriceError::CurrencyChanged);
            }
            let (rule, amount) = night_price(present, calendar, night)?;
            priced.push((night, rule, amount));
        }
        Ok(self.night_lines(priced)?.0)
    }

    /// Adds one line for each distinct price and source, in the order of first occurrence.
    fn night_lines(
        &mut self,
        priced: Vec<(NaiveDate, NightRule, Money)>,
    ) -> Result<(Vec<NightPrice>, Vec<Group>), MoneyError> {
        let mut groups = Groups::default();
        let mut nights = Vec::with_capacity(priced.len());
        for (night, rule, amount) in priced {
            nights.push(NightPrice {
                night,
                amount,
                line: groups.count(rule, amount),
            });
        }
        for group in &groups.found {
            let units = (group.nights, group.amount);
            self.add(
                LineKind::Nights,
                group.rule.label(),
                units,
                group.rule.as_str(),
            )?;
        }
        Ok((nights, groups.found))
    }

    /// Reports each rule once, with the first of its lines.
    fn trace_nights(&mut self, pricing: &Pricing, groups: &[Group], all: u32) {
        for rule in NightRule::ALL {
            let mut own = groups
                .iter()
                .enumerate()
                .filter(|(_, group)| group.rule == rule)
                .peekable();
            match own.peek() {
                Some(&(line, _)) => self.trace_applied(rule.as_str(), line, || {
                    let nights: u32 = own.map(|(_, group)| group.nights).sum();
                    format!("{nights} of {}", pluralize(all, "night"))
                }),
                None => self.skip_rule(rule.as_str(), || skip_reason(rule, pricing)),
            }
        }
    }
}

fn skip_reason(rule: NightRule, pricing: &Pricing) -> String {
    match rule {
        NightRule::Base => "every night has another price".to_owned(),
        NightRule::Weekend if pricing.weekend.is_none() => {
            "the host set no weekend price".to_owned()
        }
        NightRule::Weekend => "no Friday or Saturday night without a price of its own".to_owned(),
        NightRule::Date => format!("no night has a price of its own in {}", pricing.currency()),
    }
}
