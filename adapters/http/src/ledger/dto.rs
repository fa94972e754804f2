//! Journal entries and balances as JSON.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::ledger::LedgerPage;
use sojourn_application::ports::Balances;
use sojourn_domain::ledger::{Account, JournalEntry, Postings};
use sojourn_domain::shared::{BookingId, PropertyId, UserId};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::state::AppState;
use crate::wire::enums::CauseSchema;
use crate::wire::money::{CurrencySchema, MoneyDto};
use crate::wire::pagination::{CursorScope, List, list};

/// A page of the journal, with the balances of all accounts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LedgerPage)]
pub struct Ledger {
    /// Entries on this page.
    pub data: Vec<JournalEntryDto>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
    /// Balances of all accounts over the whole journal, one item per currency; filters do not apply.
    pub balances: Vec<BalancesDto>,
}

/// A double entry of a booking. Entries are immutable.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JournalEntry)]
pub struct JournalEntryDto {
    /// Id of the property.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// Id of the booking.
    #[schema(value_type = String, format = "uuid")]
    pub booking_id: BookingId,
    /// Id of the host.
    #[schema(value_type = String, format = "uuid")]
    pub host_id: UserId,
    /// Reason of the posting.
    #[schema(value_type = CauseSchema)]
    pub cause: &'static str,
    /// Id of the booking, alteration, payment entry or payout that caused the entry.
    #[schema(value_type = String, format = "uuid")]
    pub source: Uuid,
    /// Time of the posting (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// Changes to the accounts.
    pub postings: PostingsDto,
}

/// Changes to each account: debits are positive, credits negative; they sum to zero.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Postings)]
pub struct PostingsDto {
    /// Amounts owed by guests.
    pub guest_receivable: MoneyDto,
    /// Funds held by the payment provider.
    pub processor_cash: MoneyDto,
    /// Amounts due to hosts (negative) or owed by them (positive).
    pub host_payable: MoneyDto,
    /// Revenue (negative) or losses (positive) of the marketplace.
    pub platform_revenue: MoneyDto,
    /// Taxes collected for the authorities (negative).
    pub tax_payable: MoneyDto,
}

/// Balances of all accounts in one currency.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LedgerBalance)]
pub struct BalancesDto {
    /// ISO 4217 code of the currency.
    #[schema(value_type = CurrencySchema)]
    pub currency: &'static str,
    /// Balance of each account.
    pub accounts: PostingsDto,
}

impl Ledger {
    /// A page whose position is encrypted into a cursor of its scope.
    pub fn new(state: &AppState, page: LedgerPage, scope: &CursorScope) -> Self {
        let List { data, next_cursor } = list(
            state,
            page.entries.map(|entry| JournalEntryDto::from(&entry)),
            scope,
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
