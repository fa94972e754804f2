//! Refunds of cancellations by the guest, as the page's table states them.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use crate::listing::Place;
use crate::pricing::{Bill, Kind};
use crate::rounding::{fraction, percent, split};

/// Times of a stay.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    pub place: Place,
    pub check_in: NaiveDate,
    pub nights: u64,
    pub booked: DateTime<Utc>,
    pub confirmed: DateTime<Utc>,
    /// Check-in when the booking was confirmed.
    pub first_check_in: NaiveDate,
}

enum Rule {
    All,
    Share(i128),
    /// The host keeps the first nights, and the rest of this share of the others.
    Keep {
        nights: usize,
        others: i128,
        fees: bool,
    },
}

impl Times {
    fn days_before(&self, date: NaiveDate, days: u64) -> DateTime<Utc> {
        self.place.check_in_on(date - Days::new(days))
    }

    fn grace(&self, now: DateTime<Utc>) -> bool {
        let end = self.confirmed + TimeDelta::hours(24);
        let moved = self.first_check_in != self.check_in;
        let in_stay = moved && now > self.place.check_in_on(self.check_in);
        self.confirmed <= self.days_before(self.first_check_in, 7) && now <= end && !in_stay
    }

    fn stayed(&self, now: DateTime<Utc>) -> usize {
        let passed = |night: &u64| self.place.check_in_on(self.check_in + Days::new(*night)) < now;
        (0..self.nights).filter(passed).count()
    }

    fn rule(&self, policy: &str, now: DateTime<Utc>) -> Rule {
        let at_least = |days| now <= self.days_before(self.check_in, days);
        let check_in = self.place.check_in_on(self.check_in);
        let keep = |more: usize, others| Rule::Keep {
            nights: self.stayed(now) + more,
            others,
            fees: now <= check_in,
        };
        let half = |in_time| Rule::Share(if in_time { 5_000 } else { 0 });
        match policy {
            "flexible" | "moderate" | "limited" | "firm" | "strict" if self.grace(now) => Rule::All,
            "flexible" if now <= check_in - TimeDelta::hours(24) => Rule::All,
            "flexible" => keep(1, 10_000),
            "moderate" if at_least(5) => Rule::All,
            "moderate" => keep(1, 5_000),
            "limited" if at_least(14) => Rule::All,
            "firm" | "long_term_firm" if at_least(30) => Rule::All,
            "limited" | "firm" | "strict" => half(at_least(7)),
            "super_strict_30" => half(at_least(30)),
            "super_strict_60" => half(at_least(60)),
            "non_refundable" => Rule::Share(0),
            "long_term_strict" if at_least(28) && now <= self.booked + TimeDelta::hours(48) => {
                Rule::All
            }
            "long_term_firm" | "long_term_strict" => keep(30, 10_000),
            other => panic!("no policy {other}"),
        }
    }

    /// Total that a cancellation at an instant refunds, and the part of it that the host would not keep.
    pub fn refund(&self, policy: &str, bill: &Bill, now: DateTime<Utc>) -> (i128, i128) {
        let base = bill.base();
        let hosts = match self.rule(policy, now) {
            Rule::All => return (bill.total(), base),
            Rule::Share(share) => host_lines(bill).map(|line| percent(line.1, share)).sum(),
            Rule::Keep {
                nights,
                others,
                fees,
            } => {
                // Waiting never raises a refund: no more than with fewer nights kept.
                let sums = (0..=nights).map(|kept| after_nights(bill, kept, others, fees));
                sums.min().unwrap()
            }
        };
        let hosts = hosts.clamp(0, base.max(0));
        let taxes = bill.lines.iter().filter(|line| line.0 == Kind::Tax);
        let taxes: i128 = taxes.map(|line| fraction(line.1, hosts, base)).sum();
        (hosts + taxes, hosts)
    }
}

fn host_lines(bill: &Bill) -> impl Iterator<Item = &(Kind, i128)> {
    let above = |line: &&(Kind, i128)| !matches!(line.0, Kind::Service | Kind::Tax);
    bill.lines.iter().filter(above)
}

/// Refund of the host's lines when the first nights are kept.
fn after_nights(bill: &Bill, kept: usize, others: i128, fees: bool) -> i128 {
    let prices: Vec<i128> = bill.nights.iter().map(|night| night.price).collect();
    let even = vec![1; prices.len()];
    let mut groups: Vec<(&str, i128)> = Vec::new();
    for night in &bill.nights {
        if !groups.contains(&(night.source, night.price)) {
            groups.push((night.source, night.price));
        }
    }
    let mut groups = groups.into_iter();
    let refund = |&(kind, amount): &(Kind, i128)| match kind {
        Kind::Nights => {
            let group = groups.next().unwrap();
            let later = bill.nights.iter().skip(kept);
            let own = later.filter(|night| (night.source, night.price) == group);
            percent(own.map(|night| night.price).sum(), others)
        }
        Kind::Discount => percent(split(amount, &prices).iter().skip(kept).sum(), others),
        Kind::Extra => percent(split(amount, &even).iter().skip(kept).sum(), others),
        Kind::Fee => {
            if fees {
                amount
            } else {
                0
            }
        }
        Kind::Service | Kind::Tax => 0,
    };
    host_lines(bill).map(refund).sum()
}
