//! What a booking comes to.

use super::{Account, Postings};
use crate::booking::{Booking, Cancellation, LineKind, Price};
use crate::payment::Payment;
use crate::shared::{Currency, Money, MoneyError, Party};

/// A booking and its payment, once there is one.
#[derive(Debug, Clone, Copy)]
pub struct Books<'a> {
    /// The booking.
    pub booking: &'a Booking,
    /// Its payment.
    pub payment: Option<&'a Payment>,
}

/// What of a guest's money is whose. A share may be negative: a host who cancels owes the fee for it, a
/// marketplace that gives more back than it earned bears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The host's.
    pub host: Money,
    /// The marketplace's.
    pub platform: Money,
    /// The tax authorities'.
    pub tax: Money,
}

/// What is given back beyond what the policy says, by who bears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Goodwill {
    pub host: Money,
    pub platform: Money,
}

impl Goodwill {
    pub(super) fn of(books: Books<'_>) -> Result<Self, MoneyError> {
        let none = Money::zero(books.booking.price.currency());
        let given = books.payment.into_iter().flat_map(Payment::given_back);
        let mut given = given.filter_map(|refund| Some((refund.borne_by?, refund.amount)));
        given.try_fold(
            Self {
                host: none,
                platform: none,
            },
            |sum, (by, amount)| sum.with(by, amount),
        )
    }

    /// With more, or less, borne by this side: what the host does not bear, the marketplace does.
    pub(super) fn with(mut self, by: Party, amount: Money) -> Result<Self, MoneyError> {
        let share = if by == Party::Host {
            &mut self.host
        } else {
            &mut self.platform
        };
        *share = share.plus(amount)?;
        Ok(self)
    }
}

/// What a booking comes to: nothing before it is confirmed, then its price, after a cancellation what is kept
/// of it; always less what somebody gave back beyond that.
///
/// # Errors
/// [`MoneyError`] when the amounts do not fit together.
pub fn position(books: Books<'_>) -> Result<Position, MoneyError> {
    Position::of(books.booking, Goodwill::of(books)?)
}

/// What the marketplace holds of the guest's money beyond what the booking comes to, and is not giving back: a
/// refund that the gateway refused. Negative when the guest owes.
///
/// # Errors
/// [`MoneyError`] when the amounts do not fit together.
pub fn owed_to_guest(books: Books<'_>) -> Result<Money, MoneyError> {
    let none = Money::zero(books.booking.price.currency());
    books
        .payment
        .map_or(none, Payment::refundable)
        .minus(position(books)?.total()?)
}

impl Position {
    pub(super) fn of(booking: &Booking, goodwill: Goodwill) -> Result<Self, MoneyError> {
        let agreed = match (&booking.confirmation, &booking.cancellation) {
            (None, _) => Self::nothing(booking.price.currency()),
            (Some(_), None) => Self::agreed(&booking.price)?,
            (Some(_), Some(cancellation)) => Self::kept(booking, cancellation)?,
        };
        agreed.less(goodwill)
    }

    /// What the guest owes in all, never negative.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.host.plus(self.platform)?.plus(self.tax)
    }

    const fn nothing(currency: Currency) -> Self {
        Self {
            host: Money::zero(currency),
            platform: Money::zero(currency),
            tax: Money::zero(currency),
        }
    }

    /// The host's lines less the host's fee; both fees; the taxes.
    fn agreed(price: &Price) -> Result<Self, MoneyError> {
        let lines = price.lines.iter().map(|line| (line.kind, line.amount));
        let (_, service_fee, tax) = by_owner(price.currency(), lines)?;
        Ok(Self {
            host: price.host_payout,
            platform: service_fee.plus(price.host_fee)?,
            tax,
        })
    }

    /// The same of what is kept, with the host's fee taken of it anew, and the fee for a host's own cancelling.
    fn kept(booking: &Booking, cancellation: &Cancellation) -> Result<Self, MoneyError> {
        let currency = booking.price.currency();
        let lines = cancellation
            .refund
            .lines
            .iter()
            .map(|line| Ok((line.kind, line.paid.minus(line.refunded)?)));
        let lines = lines.collect::<Result<Vec<_>, MoneyError>>()?;
        let (hosts, service_fee, tax) = by_owner(currency, lines)?;
        let fee = hosts.percent(booking.terms.host_fee_bps)?;
        let fee = fee.plus(cancellation.host_fee.unwrap_or(Money::zero(currency)))?;
        Ok(Self {
            host: hosts.minus(fee)?,
            platform: service_fee.plus(fee)?,
            tax,
        })
    }

    /// Who gives back bears it. What is given back twice, by a policy and beyond it, is more than was paid: the
    /// guest does not get it, so it stays with who gave it, the host first.
    fn less(self, goodwill: Goodwill) -> Result<Self, MoneyError> {
        let host = self.host.minus(goodwill.host)?;
        let platform = self.platform.minus(goodwill.platform)?;
        let given = Self {
            host,
            platform,
            tax: self.tax,
        };
        let excess = given.total()?.amount().min(0).saturating_neg();
        let hosts = excess.min(goodwill.host.amount());
        let back = |amount| Money::new(amount, host.currency());
        Ok(Self {
            host: host.plus(back(hosts))?,
            platform: platform.plus(back(excess - hosts))?,
            ..given
        })
    }

    /// What is posted when a booking that came to `self` comes to something else: the difference, against what
    /// the guest owes. None when there is none.
    pub(super) fn postings_to(&self, next: &Self) -> Result<Option<Postings>, MoneyError> {
        let owed = |account, from: Money, to| {
            Postings::moving(from.minus(to)?, Account::GuestReceivable, account)
        };
        let host = owed(Account::HostPayable, self.host, next.host)?;
        let platform = owed(Account::PlatformRevenue, self.platform, next.platform)?;
        let tax = owed(Account::TaxPayable, self.tax, next.tax)?;
        let postings = host.plus(&platform)?.plus(&tax)?;
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
            LineKind::ServiceFee => Ok((hosts, fee.plus(amount)?, tax)),
            LineKind::Tax => Ok((hosts, fee, tax.plus(amount)?)),
            _ => Ok((hosts.plus(amount)?, fee, tax)),
        },
    )
}
