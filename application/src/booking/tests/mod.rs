//! Bookings from reservation to payout, over repositories in memory.

mod alterations;
mod audit;
mod concurrency;
mod refunds_and_payouts;
mod requests;
mod stays;
