//! The rules of a vacation-rental marketplace, pure: no I/O, no clock, no framework.
//!
//! Every decision takes the current instant as an argument and answers with data: a [`booking::Price`], a
//! refusal that lists every broken rule, or a change to be stored whole. What is stored, and how, is the
//! business of whoever embeds the crate.
//!
//! # A stay is priced, cancelled and refunded
//!
//! ```
//! use chrono::{DateTime, Utc};
//! use sojourn_domain::booking::{Booking, CancelRequest, LineKind, NewBooking, Rate, RefundPolicy, price};
//! use sojourn_domain::property::{Calendar, CancellationPolicy, Pricing, Property, PropertyDetails};
//! use sojourn_domain::shared::{
//!     BookingId, Currency, Guests, MarketplaceTerms, Money, Party, PropertyId, Stay, UserId,
//! };
//! use uuid::Uuid;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let dollars = Currency::parse("USD")?;
//! let usd = |cents| Money::new(cents, dollars);
//! let (host, guest) = (UserId::new(Uuid::from_u128(1)), UserId::new(Uuid::from_u128(2)));
//!
//! // A cabin in New York: 100.00 a night, 150.00 on Fridays and Saturdays, 40.00 for cleaning.
//! let details = PropertyDetails {
//!     time_zone: Some(chrono_tz::America::New_York),
//!     cancellation_policy: CancellationPolicy::Moderate,
//!     pricing: Some(Pricing {
//!         weekend: Some(usd(150_00)),
//!         cleaning_fee: Some(usd(40_00)),
//!         ..Pricing::nightly(usd(100_00))
//!     }),
//!     ..PropertyDetails::default()
//! };
//! let now: DateTime<Utc> = "2026-03-01T17:00:00Z".parse()?;
//! let cabin = Property::draft(PropertyId::new(Uuid::from_u128(3)), host, details, now)?;
//!
//! // Two adults, from Friday to Tuesday.
//! let (stay, guests): (Stay, _) = ("2026-07-10/2026-07-14".parse()?, Guests::try_new(2, 0, 0, 0)?);
//! let terms = MarketplaceTerms::default();
//! let price = price(&cabin, &Calendar::default(), stay, guests, Rate::Standard, &terms, now)?;
//! let lines: Vec<_> = price.lines.iter().map(|line| (line.kind, line.quantity, line.amount)).collect();
//! assert_eq!(lines, [
//!     (LineKind::Nights, 2, usd(300_00)),
//!     (LineKind::Nights, 2, usd(200_00)),
//!     (LineKind::CleaningFee, 1, usd(40_00)),
//!     (LineKind::ServiceFee, 1, usd(76_68)), // 14.2 % of all above
//! ]);
//! assert_eq!((price.total, price.host_payout), (usd(616_68), usd(523_80)));
//!
//! // Booked and paid for.
//! let policy = RefundPolicy::in_force(&cabin.details, stay, Rate::Standard);
//! let id = BookingId::new(Uuid::from_u128(4));
//! let new = NewBooking { id, guest_id: guest, stay, guests, price, policy, terms, message: None };
//! let held = Booking::hold(&cabin, new, now)?.booking;
//! let booking = held.captured("ABCDEFGHJK".into(), now)?.booking;
//!
//! // Called off two days before: one night is kept, half of the others and the cleaning come back.
//! let late: DateTime<Utc> = "2026-07-08T12:00:00Z".parse()?;
//! let change = booking.cancel(Party::Guest, CancelRequest::default(), late)?;
//! let refund = change.booking.cancellation.as_ref().map(|it| it.refund.clone()).ok_or("cancelled")?;
//! let refunded: Vec<_> = refund.lines.iter().map(|line| line.refunded).collect();
//! assert_eq!(refunded, [usd(75_00), usd(100_00), usd(40_00), usd(0)]);
//! assert_eq!((refund.refund, refund.kept), (usd(215_00), usd(401_68)));
//! # Ok(())
//! # }
//! ```
//!
//! The example `price_and_refund` prints such a stay with the reasons of its price and its whole refund curve:
//! `cargo run -p sojourn-domain --example price_and_refund`.
//!
//! # Modules
//!
//! | module | holds |
//! |---|---|
//! | [`shared`] | ids, money, stays, parties, e-mail addresses, paging, the marketplace's terms |
//! | [`user`] | accounts |
//! | [`property`] | what is rented out: description, prices, rules, and its calendar of nights |
//! | [`booking`] | availability, quotes, the life of a booking, cancellation |
//! | [`payment`] | captures, refunds and payouts, append-only |
//! | [`ledger`] | whose the money is: balanced postings, payouts, the audit of a booking |
//! | [`review`] | double-blind reviews and ratings |
//!
//! # Rules and their sources
//!
//! *Domain* is the page of Sojourn's domain rules; the words after it name its section.
//!
//! | rule | where | source |
//! |---|---|---|
//! | minor units, no floats, half away from zero | [`shared::Money`], [`shared::BasisPoints`] | Domain, *Money* |
//! | currencies and their digits | [`shared::Currency`] | ISO 4217, list one |
//! | what is split sums to the whole | [`shared::Money::split`] | largest remainder (Hamilton's method) |
//! | nights are half-open ranges of civil dates | [`shared::Stay`] | Domain, *Words*; ISO 8601 |
//! | times that a change of the clocks skips or repeats | [`shared::instant_of`] | Domain, *Cancellation*; the IANA time zone database |
//! | whether a stay can be booked | [`booking::refusals`], [`property::StayRules`] | Domain, *Availability* |
//! | one claim on a night | [`property::NightClaim`], [`booking::NightsChange`] | Domain, *Availability* |
//! | what a stay costs, line by line, and why | [`booking::price`], [`booking::explain`] | Domain, *Price* |
//! | which prices a host may set | [`property::Pricing`] | Domain, *Price* |
//! | the life of a booking | [`booking::TRANSITIONS`], [`booking::Alteration`] | Domain, *Booking* |
//! | what a guest gets back | [`booking::Refund`], [`booking::RefundPolicy`], [`booking::Deadlines`] | Domain, *Cancellation by the guest* |
//! | the same over time | [`booking::CurveStep`] | Domain, *Cancellation by the guest* |
//! | what a host pays who cancels | [`booking::host_cancellation_fee`] | Domain, *Cancellation*, by the host |
//! | fees and windows | [`shared::MarketplaceTerms`] | Domain, defaults; `[terms]` of the configuration |
//! | charges and what comes back of them | [`payment::Payment`] | Domain, *Payments* |
//! | double entry and payouts | [`ledger::settle`], [`ledger::payout_plan`], [`ledger::audit`] | Domain, *Payments*, *Ledger* |
//! | reviews and ratings | [`review`], [`property::Rating`] | Domain, *Reviews* |
//! | accounts | [`user`], [`shared::Email`] | Domain, *Accounts* |

pub mod booking;
#[cfg(test)]
mod fixtures;
pub mod ledger;
pub mod payment;
pub mod property;
pub mod review;
pub mod shared;
pub mod user;
