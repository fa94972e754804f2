//! Bookings from reservation to payout, over repositories in memory.

mod alteration_charges;
mod alteration_proposals;
mod alterations;
mod audit;
mod cancellations;
mod concurrency;
mod ends_of_stays;
mod payouts;
mod refunds_and_payouts;
mod requests;
mod stays;
mod views;
