//! The journal as the API shows it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::admin::LedgerPage;
use sojourn_application::ports::Balances;
use sojourn_domain::ledger::{Account, JournalEntry, Postings};
use sojourn_domain::shared::{BookingId, PropertyId, UserId};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::AppState;
use crate::money_dto::{CurrencyWord, MoneyDto};
use crate::paging::{List, list};
use crate::property::CauseWord;

/// A page of the journal, and what the whole of it comes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ledger {
    /// The entries that were asked for.
    pub data: Vec<JournalEntryDto>,
    /// Where the next page begins; null on the last.
    pub next_cursor: Option<String>,
    /// Every account summed over the whole journal, one row a currency, whatever was asked for.
    pub balances: Vec<BalancesDto>,
}

/// One double entry of a booking. Entries are never changed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JournalEntry)]
pub struct JournalEntryDto {
    /// The booking's property.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// The booking.
    #[schema(value_type = String, format = "uuid")]
    pub booking_id: BookingId,
    /// The booking's host.
    #[schema(value_type = String, format = "uuid")]
    pub host_id: UserId,
    /// Why it was posted.
    #[schema(value_type = CauseWord)]
    pub cause: &'static str,
    /// The id of what caused it: a booking, an alteration, an entry of a payment, a payout.
    #[schema(value_type = String, format = "uuid")]
    pub source: Uuid,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// What.
    pub postings: PostingsDto,
}

/// What is added to each account, debits above zero, credits below; together it is zero.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Postings)]
pub struct PostingsDto {
    /// What guests owe.
    pub guest_receivable: MoneyDto,
    /// What the payment provider holds.
    pub processor_cash: MoneyDto,
    /// What is the hosts', below zero, or what they owe, above.
    pub host_payable: MoneyDto,
    /// What the marketplace earned, below zero, or bears, above.
    pub platform_revenue: MoneyDto,
    /// Taxes taken for the authorities, below zero.
    pub tax_payable: MoneyDto,
}

/// Every account of one currency.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Balances)]
pub struct BalancesDto {
    /// The currency.
    #[schema(value_type = CurrencyWord)]
    pub currency: &'static str,
    /// The sums.
    pub accounts: PostingsDto,
}

impl Ledger {
    /// The page, its position signed into a cursor.
    pub fn new(state: &AppState, page: LedgerPage) -> Self {
        let List { data, next_cursor } = list(
            state,
            page.entries.map(|entry| JournalEntryDto::from(&entry)),
        );
        Self {
            data,
            next_cursor,
            balances: page.balances.iter().map(Into::into).collect(),
        }
    }
}

impl From<&JournalEntry> for JournalEntryDto {
    fn from(entry: &JournalEntry) -> Self {
        Self {
            property_id: entry.property_id,
            booking_id: entry.booking_id,
            host_id: entry.host_id,
            cause: entry.cause.as_str(),
            source: entry.source,
            at: entry.at,
            postings: PostingsDto::from(&entry.postings),
        }
    }
}

impl From<&Postings> for PostingsDto {
    fn from(postings: &Postings) -> Self {
        let on = |account| postings.on(account).into();
        Self {
            guest_receivable: on(Account::GuestReceivable),
            processor_cash: on(Account::ProcessorCash),
            host_payable: on(Account::HostPayable),
            platform_revenue: on(Account::PlatformRevenue),
            tax_payable: on(Account::TaxPayable),
        }
    }
}

impl From<&Balances> for BalancesDto {
    fn from(balances: &Balances) -> Self {
        Self {
            currency: balances.currency.code(),
            accounts: PostingsDto::from(&balances.postings),
        }
    }
}
