//! A price under construction.

use std::borrow::Cow;

use super::super::{Line, LineKind};
use crate::shared::{BasisPoints, Currency, Money, MoneyError};

/// Receiver of the rules as they are evaluated. Reasons are only rendered when they are recorded.
pub(super) trait Witness {
    /// The rule made this line, for this reason.
    fn applied(&mut self, rule: &'static str, line: usize, because: impl FnOnce() -> String);

    /// The rule made no line, for this reason.
    fn passed_over(&mut self, rule: &'static str, because: impl FnOnce() -> String);
}

/// Discards all explanations.
impl Witness for () {
    fn applied(&mut self, _: &'static str, _: usize, _: impl FnOnce() -> String) {}

    fn passed_over(&mut self, _: &'static str, _: impl FnOnce() -> String) {}
}

/// The lines so far and their sum.
pub(super) struct Draft<'w, W> {
    lines: Vec<Line>,
    sum: Money,
    witness: &'w mut W,
}

impl<'w, W: Witness> Draft<'w, W> {
    pub(super) fn new(currency: Currency, witness: &'w mut W) -> Self {
        Self {
            lines: Vec::with_capacity(8),
            sum: Money::zero(currency),
            witness,
        }
    }

    /// The sum of the lines so far.
    pub(super) const fn sum(&self) -> Money {
        self.sum
    }

    pub(super) fn finish(self) -> (Vec<Line>, Money) {
        (self.lines, self.sum)
    }

    /// Adds a line of `units` (quantity and unit amount).
    pub(super) fn push(
        &mut self,
        kind: LineKind,
        label: impl Into<Cow<'static, str>>,
        units: (u32, Money),
        rule: &'static str,
        because: impl FnOnce() -> String,
    ) -> Result<(), MoneyError> {
        self.witness.applied(rule, self.lines.len(), because);
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
        let amount = unit_amount.times(quantity.into())?;
        self.sum = self.sum.plus(amount)?;
        let (label, rule) = (label.into(), rule.into());
        self.lines.push(Line {
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
    pub(super) fn pass_over(&mut self, rule: &'static str, because: impl FnOnce() -> String) {
        self.witness.passed_over(rule, because);
    }

    /// Reports a rule whose line was already added.
    pub(super) fn tell(
        &mut self,
        rule: &'static str,
        line: usize,
        because: impl FnOnce() -> String,
    ) {
        self.witness.applied(rule, line, because);
    }
}

/// "7 nights", "1 night".
pub(super) fn count(number: impl Into<i64>, noun: &str) -> String {
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
