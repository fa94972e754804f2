//! Double entries: the amounts of all accounts sum to zero.

use crate::shared::currency::Currency;
use crate::shared::money::{Money, MoneyError};
use crate::shared::string_enum::string_enum;

string_enum! {
    /// Ledger account. Debits are positive, credits negative.
    Account {
        /// Amounts that guests owe.
        GuestReceivable = "guest_receivable",
        /// Money held by the payment processor.
        ProcessorCash = "processor_cash",
        /// Amounts due to hosts (negative), or owed by them (positive).
        HostPayable = "host_payable",
        /// Earnings of the marketplace (negative), or its losses (positive).
        PlatformRevenue = "platform_revenue",
        /// Taxes collected for the authorities (negative).
        TaxPayable = "tax_payable",
    }
}

/// Reason for which amounts form no double entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PostingsError {
    /// They do not sum to zero.
    #[error("the postings sum to {0} instead of zero")]
    Unbalanced(Money),
    /// Amounts cannot be combined.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Amounts in one currency on the five accounts, which sum to zero.
///
/// ```
/// use sojourn_domain::journal::{Account, Postings};
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
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "PostingsRecord", into = "PostingsRecord")
)]
pub struct Postings([Money; Account::ALL.len()]);

/// Amounts of [`Postings`] other than zero, as serialized.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct PostingsRecord {
    currency: Currency,
    amounts: Vec<(Account, Money)>,
}

#[cfg(feature = "serde")]
impl TryFrom<PostingsRecord> for Postings {
    type Error = PostingsError;

    fn try_from(record: PostingsRecord) -> Result<Self, PostingsError> {
        Self::try_new(record.currency, record.amounts)
    }
}

#[cfg(feature = "serde")]
impl From<Postings> for PostingsRecord {
    fn from(postings: Postings) -> Self {
        let amounts = Account::ALL.iter().map(|&it| (it, postings.on(it)));
        Self {
            currency: postings.currency(),
            amounts: amounts.filter(|(_, amount)| !amount.is_zero()).collect(),
        }
    }
}

impl Postings {
    /// Creates postings from amounts by account; amounts on the same account are added, other
    /// accounts get zero.
    ///
    /// # Errors
    /// [`PostingsError`] when the amounts do not sum to zero or cannot be combined.
    pub fn try_new(
        currency: Currency,
        amounts: impl IntoIterator<Item = (Account, Money)>,
    ) -> Result<Self, PostingsError> {
        let mut sums = [Money::zero(currency); Account::ALL.len()];
        for (account, amount) in amounts {
            let sum = &mut sums[account as usize];
            *sum = sum.checked_add(amount)?;
        }
        let total = Money::sum(currency, sums)?;
        if total.is_zero() {
            Ok(Self(sums))
        } else {
            Err(PostingsError::Unbalanced(total))
        }
    }

    /// Moves an amount from one account to another.
    pub(crate) fn transfer(amount: Money, from: Account, to: Account) -> Result<Self, MoneyError> {
        let mut sums = [Money::zero(amount.currency()); Account::ALL.len()];
        sums[from as usize] = amount.checked_mul(-1)?;
        sums[to as usize] = amount;
        Ok(Self(sums))
    }

    /// Amount on an account.
    #[must_use]
    pub const fn on(&self, account: Account) -> Money {
        self.0[account as usize]
    }

    /// The currency of every amount.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.0[0].currency()
    }

    /// Returns `true` if all amounts are zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.iter().all(|amount| amount.is_zero())
    }

    /// Adds two postings.
    ///
    /// # Errors
    /// [`MoneyError`] when the currencies differ or a sum does not fit.
    pub fn checked_add(&self, other: &Self) -> Result<Self, MoneyError> {
        let mut sums = self.0;
        for (sum, amount) in sums.iter_mut().zip(other.0) {
            *sum = sum.checked_add(amount)?;
        }
        Ok(Self(sums))
    }
}
