//! A double entry: what it adds to each account sums to zero.

use crate::property::words;
use crate::shared::{Currency, Money, MoneyError};

words! {
    /// Where money is, or whose. Debits are positive, credits negative.
    Account {
        /// What guests owe.
        GuestReceivable = "guest_receivable",
        /// What the gateway holds.
        ProcessorCash = "processor_cash",
        /// What is the hosts' and not paid out (negative), or what they owe (positive).
        HostPayable = "host_payable",
        /// What the marketplace earned (negative), or bears (positive).
        PlatformRevenue = "platform_revenue",
        /// Taxes taken for the authorities (negative).
        TaxPayable = "tax_payable",
    }
}

/// Why amounts are no double entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PostingsError {
    /// They do not sum to zero.
    #[error("the postings sum to {0}, not to zero")]
    Unbalanced(Money),
    /// Amounts do not fit together.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Amounts of one currency on the five accounts, which sum to zero.
///
/// ```
/// use sojourn_domain::ledger::{Account, Postings};
/// use sojourn_domain::shared::{Currency, Money};
///
/// let usd = Currency::parse("USD")?;
/// let (in_cash, off_debt) = (Money::new(100_00, usd), Money::new(-100_00, usd));
/// let capture = [(Account::ProcessorCash, in_cash), (Account::GuestReceivable, off_debt)];
/// assert_eq!(Postings::try_new(usd, capture)?.on(Account::ProcessorCash), in_cash);
/// assert!(Postings::try_new(usd, [(Account::ProcessorCash, in_cash)]).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Postings([Money; Account::ALL.len()]);

impl Postings {
    /// Amounts by account; those on one account are added, an account that is not named gets nothing.
    ///
    /// # Errors
    /// [`PostingsError`].
    pub fn try_new(
        currency: Currency,
        amounts: impl IntoIterator<Item = (Account, Money)>,
    ) -> Result<Self, PostingsError> {
        let mut sums = [Money::zero(currency); Account::ALL.len()];
        for (account, amount) in amounts {
            let sum = &mut sums[account as usize];
            *sum = sum.plus(amount)?;
        }
        let total = Money::sum(currency, sums)?;
        if total.is_zero() {
            Ok(Self(sums))
        } else {
            Err(PostingsError::Unbalanced(total))
        }
    }

    /// An amount goes from one account to another.
    pub(super) fn moving(amount: Money, from: Account, to: Account) -> Result<Self, MoneyError> {
        let mut sums = [Money::zero(amount.currency()); Account::ALL.len()];
        sums[from as usize] = amount.times(-1)?;
        sums[to as usize] = amount;
        Ok(Self(sums))
    }

    /// What is added to an account.
    #[must_use]
    pub const fn on(&self, account: Account) -> Money {
        self.0[account as usize]
    }

    /// The currency of every amount.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.0[0].currency()
    }

    /// Whether nothing is added anywhere.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.iter().all(|amount| amount.is_zero())
    }

    /// Both together.
    ///
    /// # Errors
    /// [`MoneyError`] when the currencies differ or a sum does not fit.
    pub fn plus(&self, other: &Self) -> Result<Self, MoneyError> {
        let mut sums = self.0;
        for (sum, amount) in sums.iter_mut().zip(other.0) {
            *sum = sum.plus(amount)?;
        }
        Ok(Self(sums))
    }
}
