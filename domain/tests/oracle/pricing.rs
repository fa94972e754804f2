//! Prices of stays and of alterations, as the page states them.

use chrono::NaiveDate;

use crate::listing::PriceList;
use crate::rounding::percent;

const GUEST_FEE: i128 = 1_420;
const HOST_FEE: i128 = 300;

/// A party; infants are not counted.
#[derive(Debug, Clone, Copy)]
pub struct Party {
    pub counted: i128,
    pub pets: i128,
}

/// A night with the source of its price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Night {
    pub date: NaiveDate,
    pub source: &'static str,
    pub price: i128,
}

/// Kind of a line, as far as refunds tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Nights,
    Discount,
    Fee,
    Extra,
    Service,
    Tax,
}

/// A price, line by line.
#[derive(Debug, Clone)]
pub struct Bill {
    pub nights: Vec<Night>,
    pub lines: Vec<(Kind, i128)>,
}

/// Shares that were agreed when the stay was booked.
#[derive(Debug, Clone, Copy)]
pub struct Agreed {
    pub lead_time: i128,
    pub non_refundable: i128,
}

impl Bill {
    pub fn total(&self) -> i128 {
        self.lines.iter().map(|line| line.1).sum()
    }

    /// Lines above the service fee.
    pub fn base(&self) -> i128 {
        let above = |kind| !matches!(kind, Kind::Service | Kind::Tax);
        self.lines
            .iter()
            .filter(|line| above(line.0))
            .map(|line| line.1)
            .sum()
    }

    pub fn payout(&self) -> i128 {
        self.base() - percent(self.base(), HOST_FEE)
    }
}

/// Nights of a stay at the present prices.
pub fn present_nights(list: &PriceList, dates: &[NaiveDate]) -> Vec<Night> {
    let night = |&date: &NaiveDate| {
        let (source, price) = list.night(date);
        Night {
            date,
            source,
            price,
        }
    };
    dates.iter().map(night).collect()
}

/// Nights of an altered stay: agreed ones keep their price, added ones cost what they cost now.
pub fn altered_nights(agreed: &Bill, now: &PriceList, dates: &[NaiveDate]) -> Vec<Night> {
    let present = present_nights(now, dates);
    let known = |night: Night| {
        agreed
            .nights
            .iter()
            .find(|it| it.date == night.date)
            .copied()
    };
    present
        .into_iter()
        .map(|night| known(night).unwrap_or(night))
        .collect()
}

/// The bill of nights, from a price list and what was agreed.
pub fn bill(list: &PriceList, agreed: Agreed, nights: Vec<Night>, party: Party) -> Bill {
    let count = i128::try_from(nights.len()).unwrap();
    let mut lines = night_lines(&nights);
    let shares = [
        list.length_of_stay(count),
        agreed.lead_time,
        agreed.non_refundable,
    ];
    for share in shares.into_iter().filter(|&share| share > 0) {
        let left: i128 = lines.iter().map(|line| line.1).sum();
        lines.push((Kind::Discount, -percent(left, share)));
    }
    let mut fee = |kind, amount| {
        if amount != 0 {
            lines.push((kind, amount));
        }
    };
    fee(Kind::Fee, list.cleaning);
    let extra = (party.counted - list.extra.0).max(0);
    fee(Kind::Extra, extra * count * list.extra.1);
    fee(Kind::Fee, if party.pets > 0 { list.pet } else { 0 });
    let base: i128 = lines.iter().map(|line| line.1).sum();
    lines.push((Kind::Service, percent(base, GUEST_FEE)));
    let (share, exempt) = list.tax_percent;
    if exempt.is_none_or(|from| count < from) {
        lines.push((Kind::Tax, percent(base, share)));
    }
    lines.push((Kind::Tax, list.tax_per_night * count));
    lines.push((Kind::Tax, list.tax_per_guest_night * count * party.counted));
    Bill { nights, lines }
}

/// One line for each source and price, in the order of their first nights.
fn night_lines(nights: &[Night]) -> Vec<(Kind, i128)> {
    let mut groups: Vec<(&str, i128, i128)> = Vec::new();
    for night in nights {
        let same =
            |group: &&mut (&str, i128, i128)| (group.0, group.1) == (night.source, night.price);
        match groups.iter_mut().find(same) {
            Some(group) => group.2 += 1,
            None => groups.push((night.source, night.price, 1)),
        }
    }
    groups
        .iter()
        .map(|group| (Kind::Nights, group.1 * group.2))
        .collect()
}
