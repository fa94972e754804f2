//! Bookings from reservation to payout, over repositories in memory.

mod alterations;
mod audit;
mod cancellations;
mod concurrency;
mod ends_of_stays;
mod payouts;
mod refunds_and_payouts;
mod requests;
mod stays;
