//! The rules of a vacation-rental marketplace, pure: no I/O, no clock, no framework.
//!
//! Every decision takes the current instant as an argument and answers with data: a [`booking::Quote`], a
//! refusal that lists every broken rule, or a change to be stored whole.
//!
//! ```
//! use sojourn_domain::shared::{Currency, Money, Stay};
//!
//! let stay: Stay = "2026-07-03/2026-07-05".parse()?;
//! assert_eq!(stay.nights(), 2);
//! let usd = Currency::parse("USD")?;
//! let nightly = Money::new(120_00, usd);
//! assert_eq!(nightly.times(stay.nights().into())?, Money::new(240_00, usd));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | module | holds |
//! |---|---|
//! | [`shared`] | ids, money, stays, parties, e-mail addresses, paging, the marketplace's terms |
//! | [`user`] | accounts |
//! | [`property`] | what is rented out: description, prices, rules, and its calendar of nights |
//! | [`booking`] | availability, quotes, the life of a booking, cancellation |
//! | [`payment`] | captures and refunds, append-only |
//! | [`review`] | double-blind reviews and ratings |

pub mod booking;
#[cfg(test)]
mod fixtures;
pub mod payment;
pub mod property;
pub mod review;
pub mod shared;
pub mod user;
