//! Allocation of a booking's money.

use crate::booking::booking::{Booking, Cancellation};
use crate::booking::pricing::price::{LineKind, Price};
use crate::journal::postings::{Account, Postings};
use crate::payment::payment::Payment;
use crate::shared::booking_role::BookingRole;
use crate::shared::currency::Currency;
use crate::shared::money::{Money, MoneyError};

/// A booking and its payment, if any.
#[derive(Debug, Clone, Copy)]
pub struct BookingFunds<'a> {
    /// The booking.
    pub booking: &'a Booking,
    /// Its payment.
    pub payment: Option<&'a Payment>,
}

/// Allocation of a guest's money to its owners. A share may be negative: a host who cancels owes
/// the fee, and the marketplace bears refunds beyond its earnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FundsAllocation {
    /// The host's share.
    pub host: Money,
    /// The marketplace's share.
    pub platform: Money,
    /// The tax authorities' share.
    pub tax: Money,
}

/// Refunds beyond the policy, by the side that bears them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Goodwill {
    pub host: Money,
    pub platform: Money,
}

impl Goodwill {
    pub(super) fn of(funds: BookingFunds<'_>) -> Result<Self, MoneyError> {
        let none = Money::zero(funds.booking.price.currency());
        let given = funds.payment.into_iter().flat_map(Payment::active_refunds);
        let mut given = given.filter_map(|refund| Some((refund.borne_by?, refund.amount)));
        given.try_fold(
            Self {
                host: none,
                platform: none,
            },
            |sum, (by, amount)| sum.with(by, amount),
        )
    }

    /// Adds an amount borne by this side; the marketplace bears everything that the host does not.
    pub(super) fn with(mut self, by: BookingRole, amount: Money) -> Result<Self, MoneyError> {
        let share = if by == BookingRole::Host {
            &mut self.host
        } else {
            &mut self.platform
        };
        *share = share.checked_add(amount)?;
        Ok(self)
    }
}

/// Allocation of a booking's money: zero before confirmation, then its price, after a cancellation
/// the retained part; always less goodwill refunds.
///
/// # Errors
/// [`MoneyError`] when the amounts cannot be combined.
pub fn funds_allocation(funds: BookingFunds<'_>) -> Result<FundsAllocation, MoneyError> {
    FundsAllocation::of(funds.booking, Goodwill::of(funds)?)
}

/// Amount held beyond the booking's total that is not being refunded, as after a refund that the
/// gateway refused. Negative when the guest owes. The part that pays for an alteration whose
/// difference is being charged is not owed.
///
/// # Errors
/// [`MoneyError`] when the amounts cannot be combined.
pub fn owed_to_guest(funds: BookingFunds<'_>) -> Result<Money, MoneyError> {
    let none = Money::zero(funds.booking.price.currency());
    funds
        .payment
        .map_or(none, Payment::refundable)
        .checked_sub(funds_allocation(funds)?.total()?)?
        .checked_sub(reserved_for_alteration(funds)?)
}

/// Part of the price of an accepted alteration that is not charged, because it was owed to the
/// guest when the charge was made.
fn reserved_for_alteration(funds: BookingFunds<'_>) -> Result<Money, MoneyError> {
    let none = Money::zero(funds.booking.price.currency());
    let Some(alteration) = &funds.booking.alteration else {
        return Ok(none);
    };
    let calls = funds.payment.map_or(&[][..], |it| &it.pending_calls);
    let charge = calls.iter().find(|call| Some(call.id) == alteration.charge);
    charge.map_or(Ok(none), |charge| {
        let difference = alteration.difference(&funds.booking.price)?;
        difference.checked_sub(charge.amount)
    })
}

impl FundsAllocation {
    pub(super) fn of(booking: &Booking, goodwill: Goodwill) -> Result<Self, MoneyError> {
        let agreed = match (&booking.confirmation, &booking.cancellation) {
            (None, _) => Self::zero(booking.price.currency()),
            (Some(_), None) => Self::of_price(&booking.price)?,
            (Some(_), Some(cancellation)) => Self::of_cancelled(booking, cancellation)?,
        };
        agreed.reduced_by(goodwill)
    }

    /// Total of all shares; never negative.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.host.checked_add(self.platform)?.checked_add(self.tax)
    }

    const fn zero(currency: Currency) -> Self {
        Self {
            host: Money::zero(currency),
            platform: Money::zero(currency),
            tax: Money::zero(currency),
        }
    }

    /// The host lines less the host fee; both fees; the taxes.
    fn of_price(price: &Price) -> Result<Self, MoneyError> {
        let lines = price.lines.iter().map(|line| (line.kind, line.amount));
        let (_, service_fee, tax) = by_owner(price.currency(), lines)?;
        Ok(Self {
            host: price.host_payout,
            platform: service_fee.checked_add(price.host_fee)?,
            tax,
        })
    }

    /// Allocation of the retained lines, with the host fee recalculated and the host's cancellation
    /// fee.
    fn of_cancelled(booking: &Booking, cancellation: &Cancellation) -> Result<Self, MoneyError> {
        let currency = booking.price.currency();
        let lines = cancellation
            .refund
            .lines
            .iter()
            .map(|line| Ok((line.kind, line.paid.checked_sub(line.refunded)?)));
        let lines = lines.collect::<Result<Vec<_>, MoneyError>>()?;
        let (hosts, service_fee, tax) = by_owner(currency, lines)?;
        let fee = hosts.checked_percent(booking.terms.host_fee_bps)?;
        let fee = fee.checked_add(cancellation.host_fee.unwrap_or(Money::zero(currency)))?;
        Ok(Self {
            host: hosts.checked_sub(fee)?,
            platform: service_fee.checked_add(fee)?,
            tax,
        })
    }

    /// Deducts goodwill from the side that grants it. Where policy and goodwill together exceed the
    /// amount paid, the excess is not refunded and stays with its granter, the host first.
    fn reduced_by(self, goodwill: Goodwill) -> Result<Self, MoneyError> {
        let host = self.host.checked_sub(goodwill.host)?;
        let platform = self.platform.checked_sub(goodwill.platform)?;
        let given = Self {
            host,
            platform,
            tax: self.tax,
        };
        let excess = given.total()?.amount().min(0).saturating_neg();
        let hosts = excess.min(goodwill.host.amount());
        let back = |amount| Money::new(amount, host.currency());
        Ok(Self {
            host: host.checked_add(back(hosts))?,
            platform: platform.checked_add(back(excess - hosts))?,
            ..given
        })
    }

    /// Postings for the difference between two allocations, against the guest's balance; `None`
    /// when they are equal.
    pub(super) fn postings_to(&self, next: &Self) -> Result<Option<Postings>, MoneyError> {
        let owed = |account, from: Money, to| {
            Postings::transfer(from.checked_sub(to)?, Account::GuestReceivable, account)
        };
        let host = owed(Account::HostPayable, self.host, next.host)?;
        let platform = owed(Account::PlatformRevenue, self.platform, next.platform)?;
        let tax = owed(Account::TaxPayable, self.tax, next.tax)?;
        let postings = host.checked_add(&platform)?.checked_add(&tax)?;
        Ok((!postings.is_zero()).then_some(postings))
    }
}

/// The sums of the host's lines, of the service fee, and of the taxes.
fn by_owner(
    currency: Currency,
    lines: impl IntoIterator<Item = (LineKind, Money)>,
) -> Result<(Money, Money, Money), MoneyError> {
    let zero = Money::zero(currency);
    lines.into_iter().try_fold(
        (zero, zero, zero),
        |(hosts, fee, tax), (kind, amount)| match kind {
            LineKind::ServiceFee => Ok((hosts, fee.checked_add(amount)?, tax)),
            LineKind::Tax => Ok((hosts, fee, tax.checked_add(amount)?)),
            _ => Ok((hosts.checked_add(amount)?, fee, tax)),
        },
    )
}
