//! A price under construction.

use std::borrow::Cow;

use crate::booking::pricing::price::{LineKind, PriceLine};
use crate::shared::basis_points::BasisPoints;
use crate::shared::currency::Currency;
use crate::shared::money::{Money, MoneyError};

/// Receiver of the rules as they are evaluated. Reasons are only rendered when they are recorded.
pub(super) trait PriceTrace {
    /// The rule made this line, for this reason.
    fn rule_applied(&mut self, rule: &'static str, line: usize, reason: impl FnOnce() -> String);

    /// The rule made no line, for this reason.
    fn rule_skipped(&mut self, rule: &'static str, reason: impl FnOnce() -> String);
}

/// Discards all explanations.
impl PriceTrace for () {
    fn rule_applied(&mut self, _: &'static str, _: usize, _: impl FnOnce() -> String) {}

    fn rule_skipped(&mut self, _: &'static str, _: impl FnOnce() -> String) {}
}

/// The lines so far and their sum.
pub(super) struct Draft<'w, W> {
    lines: Vec<PriceLine>,
    sum: Money,
    trace: &'w mut W,
}

impl<'w, W: PriceTrace> Draft<'w, W> {
    pub(super) fn new(currency: Currency, trace: &'w mut W) -> Self {
        Self {
            lines: Vec::with_capacity(8),
            sum: Money::zero(currency),
            trace,
        }
    }

    /// The sum of the lines so far.
    pub(super) const fn sum(&self) -> Money {
        self.sum
    }

    pub(super) fn finish(self) -> (Vec<PriceLine>, Money) {
        (self.lines, self.sum)
    }

    /// Adds a line of `units` (quantity and unit amount).
    pub(super) fn push(
        &mut self,
        kind: LineKind,
        label: impl Into<Cow<'static, str>>,
        units: (u32, Money),
        rule: &'static str,
        reason: impl FnOnce() -> String,
    ) -> Result<(), MoneyError> {
        self.trace.rule_applied(rule, self.lines.len(), reason);
        self.add(kind, label, units, rule)
    }

    /// Adds a line without reporting it.
    pub(super) fn add(
        &mut self,
        kind: LineKind,
        label: impl Into<Cow<'static, str>>,
        (quantity, unit_amount): (u32, Money),
        rule: &'static str,
    ) -> Result<(), MoneyError> {
        let amount = unit_amount.checked_mul(quantity.into())?;
        self.sum = self.sum.checked_add(amount)?;
        let (label, rule) = (label.into(), rule.into());
        self.lines.push(PriceLine {
            kind,
            label,
            quantity,
            unit_amount,
            amount,
            rule,
        });
        Ok(())
    }

    /// Reports a rule that makes no line.
    pub(super) fn skip_rule(&mut self, rule: &'static str, reason: impl FnOnce() -> String) {
        self.trace.rule_skipped(rule, reason);
    }

    /// Reports a rule whose line was already added.
    pub(super) fn trace_applied(
        &mut self,
        rule: &'static str,
        line: usize,
        reason: impl FnOnce() -> String,
    ) {
        self.trace.rule_applied(rule, line, reason);
    }
}

/// "7 nights", "1 night".
pub(super) fn pluralize(number: impl Into<i64>, noun: &str) -> String {
    let number = number.into();
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// "14.2 % of 650.00 USD".
pub(super) fn share_of(share: BasisPoints, amount: Money) -> String {
    let (whole, rest) = (share.get() / 100, share.get() % 100);
    let digits = format!("{whole}.{rest:02}");
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    format!("{digits} % of {amount}")
}
