//! The tables in an order in which each follows those that it refers to.

use crate::schema::accounts::{
    address_mails, email_changes, idempotency_keys, one_time_tokens, refresh_tokens,
    second_factors, sessions, users, wishlist_items, wishlists,
};
use crate::schema::audit::audit_log;
use crate::schema::copied_table::CopiedTable;
use crate::schema::jobs::{account_events, job_failures, jobs};
use crate::schema::marketplace::{
    booked_nights, bookings, calendar_rules, payment_calls, payment_entries, payments, properties,
    property_amenities, property_discounts, reviews,
};
use crate::schema::money::{host_accounts, journal, payouts, terms_versions};

/// All tables but the heartbeats of workers, which say nothing about another database.
pub(super) const TABLES: &[&dyn CopiedTable] = &[
    &terms_versions::table,
    &users::table,
    &sessions::table,
    &refresh_tokens::table,
    &one_time_tokens::table,
    &second_factors::table,
    &email_changes::table,
    &address_mails::table,
    &idempotency_keys::table,
    &properties::table,
    &property_amenities::table,
    &property_discounts::table,
    &calendar_rules::table,
    &bookings::table,
    &booked_nights::table,
    &payments::table,
    &payment_entries::table,
    &payment_calls::table,
    &reviews::table,
    &payouts::table,
    &journal::table,
    &host_accounts::table,
    &wishlists::table,
    &wishlist_items::table,
    &jobs::table,
    &job_failures::table,
    &account_events::table,
    &audit_log::table,
];
