//! The domain rules of a vacation-rental marketplace, without I/O, clock or framework.
//!
//! Every function takes the current instant as an argument and returns data: a [`booking::Price`], the
//! list of all violated rules, or a change to be stored as a whole. Storage is left to the application that
//! uses the crate.
//!
//! # Example: price, booking, cancellation, refund
//!
//! ```
//! use chrono::{DateTime, Utc};
//! use sojourn_domain::booking::{Booking, CancelRequest, LineKind, NewBooking, Offer, StayRequest};
//! use sojourn_domain::property::{
//!     Address, Calendar, CancellationPolicy, Location, Pricing, Property, PropertyDetails,
//! };
//! use sojourn_domain::shared::{
//!     Actor, BookingId, Currency, Guests, MarketplaceTerms, Money, BookingRole, PropertyId, Stay, UserId,
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
//!     title: Some("Cabin".into()),
//!     description: Some("By the lake".into()),
//!     address: Address {
//!         line1: Some("1 Lake Road".into()),
//!         city: Some("Albany".into()),
//!         country: Some("US".into()),
//!         ..Address::default()
//!     },
//!     location: Some(Location { latitude: 42.65, longitude: -73.75 }),
//!     max_guests: Some(4),
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
//! let cabin = cabin.publish(&Actor::member(host), true, now)?;
//!
//! // Two adults, from Friday to Tuesday.
//! let (stay, guests): (Stay, _) = ("2026-07-10/2026-07-14".parse()?, Guests::try_new(2, 0, 0, 0)?);
//! let terms = MarketplaceTerms::default();
//! let calendar = Calendar::free_for(&cabin, stay);
//! let quote = Offer::new(&cabin, &calendar, &terms).quote(StayRequest::new(stay, guests), now)?;
//! let price = &quote.price;
//! let lines: Vec<_> = price.lines.iter().map(|line| (line.kind, line.quantity, line.amount)).collect();
//! assert_eq!(lines, [
//!     (LineKind::Nights, 2, usd(300_00)),
//!     (LineKind::Nights, 2, usd(200_00)),
//!     (LineKind::CleaningFee, 1, usd(40_00)),
//!     (LineKind::ServiceFee, 1, usd(76_68)), // 14.2 % of the lines above
//! ]);
//! assert_eq!((price.total, price.host_payout), (usd(616_68), usd(523_80)));
//!
//! // A booking, confirmed by its payment.
//! let id = BookingId::new(Uuid::from_u128(4));
//! let new = NewBooking { id, guest_id: guest, quote, message: None };
//! let held = Booking::hold(&cabin, new, now)?.into_booking();
//! let booking = held.record_capture("ABCDEFGHJK".into(), now)?.into_booking();
//!
//! // Cancelled two days before check-in: one night is retained; half of the others and the cleaning are refunded.
//! let late: DateTime<Utc> = "2026-07-08T12:00:00Z".parse()?;
//! let change = booking.cancel(BookingRole::Guest, CancelRequest::default(), late)?;
//! let refund = change.booking().cancellation.as_ref().map(|it| it.refund.clone()).ok_or("cancelled")?;
//! let refunded: Vec<_> = refund.lines.iter().map(|line| line.refunded).collect();
//! assert_eq!(refunded, [usd(75_00), usd(100_00), usd(40_00), usd(0)]);
//! assert_eq!((refund.refund, refund.kept), (usd(215_00), usd(401_68)));
//! # Ok(())
//! # }
//! ```
//!
//! The example `property_manager` keeps bookings, payments and nights in a store of its own; the README of the crate
//! tells how it is embedded, and lists what each type guarantees. `price_and_refund` prints such a stay with an
//! explanation of its price and its refund schedule: `cargo run -p sojourn-domain --example price_and_refund`.
//!
//! # Features
//!
//! | feature | by default | content |
//! |---|---|---|
//! | `accounts` | yes | the modules [`user`] and [`wishlist`] |
//! | `ledger` | yes | the module [`ledger`] |
//! | `repositories` | yes | traits of repositories, such as [`booking::BookingRepository`], for any runtime |
//! | `serde` | | `Serialize` and `Deserialize`; values are checked when they are read |
//! | `mocks` | | `mockall` mocks of the repositories |
//!
//! # A paid life, in order
//!
//! 1. [`booking::Offer::quote`] prices an available stay; the quote is valid for some minutes.
//! 2. [`booking::Booking::hold`] claims its nights; [`booking::Booking::hold_expires_at`] says until when.
//! 3. [`payment::Payment::begin`] and [`booking::Booking::begin_payment`] store the call before it is sent.
//! 4. [`payment::Payment::record_outcome`] and [`booking::Booking::apply_gateway_outcome`] apply the provider's answer:
//!    the booking is confirmed, or a request awaits its host ([`booking::Booking::begin_acceptance`]).
//! 5. [`booking::BookingChange::with_settlement`] adds to each change what it does to the money.
//! 6. [`booking::Booking::alter`], [`booking::Booking::cancel`], [`booking::Booking::check_in`] and the other commands
//!    follow, and [`booking::Booking::time_out`] at [`booking::Booking::due_at`].
//! 7. [`ledger::send_payout`] pays the host when a payout is due.
//!
//! Each command returns a change, to be stored as a whole; stored records come back by `restore`, which refuses one
//! that contradicts itself ([`shared::InvalidRecord`]).
//!
//! # Modules
//!
//! | module | content |
//! |---|---|
//! | [`guide`] | pages: embedding the crate, the rules with their numbers |
//! | [`prelude`] | what most programs use, to be imported at once |
//! | [`shared`] | ids, money, stays, guests, e-mail addresses, pagination, terms, audit log, notifications |
//! | [`user`] | accounts and second factors |
//! | [`property`] | properties: description, prices, rules, and the calendar of nights |
//! | [`booking`] | availability, prices, quotes, booking states, alterations, cancellations |
//! | [`payment`] | gateway calls, captures, refunds and payouts |
//! | [`journal`] | balanced postings on accounts, and their causes |
//! | [`ledger`] | settlement of payments, payout schedules, the integrity check of a booking |
//! | [`review`] | double-blind reviews and ratings |
//! | [`wishlist`] | named lists of properties |
//!
//! # Rules and their sources
//!
//! *Domain* is the page of Sojourn's domain rules, followed by the section.
//!
//! | rule | item | source |
//! |---|---|---|
//! | minor units, no floats, rounding half away from zero | [`shared::Money`], [`shared::BasisPoints`] | Domain, *Money* |
//! | currencies and their minor units | [`shared::Currency`] | ISO 4217, list one |
//! | splits sum exactly to the whole | [`shared::Money::split`] | largest remainder (Hamilton's method) |
//! | stays as half-open ranges of civil dates | [`shared::Stay`] | Domain, *Words*; ISO 8601 |
//! | local times skipped or repeated by daylight saving changes | [`shared::instant_of`] | Domain, *Cancellation*; the IANA time zone database |
//! | availability of a stay | [`booking::check_availability`], [`property::StayRules`] | Domain, *Availability* |
//! | at most one claim on a night | [`property::NightClaim`], [`booking::NightsChange`] | Domain, *Availability* |
//! | itemised prices and their explanation | [`booking::Offer`], [`booking::Price`] | Domain, *Price* |
//! | validation of a host's prices | [`property::Pricing`] | Domain, *Price* |
//! | booking states and alterations | [`booking::TRANSITIONS`], [`booking::Alteration`] | Domain, *Booking* |
//! | prices of alterations and their acceptance | [`booking::BookingConditions`], [`booking::Booking::altered_price`], [`booking::AcceptedBy`] | Domain, *Alterations* |
//! | refunds of a cancellation by the guest | [`booking::Refund`], [`booking::RefundPolicy`], [`booking::Deadlines`] | Domain, *Cancellation by the guest* |
//! | refund schedules | [`booking::RefundTier`] | Domain, *Cancellation by the guest* |
//! | fee for a cancellation by the host | [`booking::host_cancellation_fee`] | Domain, *Cancellation*, by the host |
//! | fees and time limits | [`shared::MarketplaceTerms`] | Domain, defaults; `[terms]` of the configuration |
//! | charges and refunds | [`payment::Payment`] | Domain, *Payments* |
//! | double entry and payouts | [`ledger::derive_settlement`], [`ledger::payout_schedule`], [`ledger::check_integrity`] | Domain, *Payments*, *Ledger* |
//! | reviews and ratings | [`review`], [`property::Rating`] | Domain, *Reviews* |
//! | accounts | [`user`], [`shared::Email`] | Domain, *Accounts* |

#![cfg_attr(
    not(feature = "ledger"),
    expect(
        dead_code,
        reason = "some readers of bookings and payments serve the ledger alone"
    )
)]
#![cfg_attr(
    not(feature = "repositories"),
    expect(
        unused_imports,
        reason = "changes stand in one file with their repository"
    )
)]

pub use chrono;
pub use chrono_tz;
pub use uuid;

pub mod booking;
#[cfg(test)]
mod fixtures;
pub mod guide;
pub mod journal;
#[cfg(feature = "ledger")]
pub mod ledger;
pub mod payment;
pub mod prelude;
pub mod property;
pub mod review;
pub mod shared;
#[cfg(feature = "accounts")]
pub mod user;
#[cfg(feature = "accounts")]
pub mod wishlist;
