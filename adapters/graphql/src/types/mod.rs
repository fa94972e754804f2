//! The objects of the schema.

mod account;
mod alteration;
mod booking;
mod calendar;
mod cancellation;
mod notification;
mod operation;
mod payment;
mod payout;
mod price;
mod pricing;
mod profile;
mod property;
mod quote;
mod review;
mod search;
mod session;
mod stay_rules;
mod wishlist;

pub(crate) use account::{Account, AccountWithState};
pub(crate) use alteration::AlterationPreview;
pub(crate) use booking::Booking;
pub(crate) use calendar::{CalendarNight, HostCalendar};
pub(crate) use cancellation::CancellationPreview;
pub(crate) use notification::Notification;
pub(crate) use operation::{AuditEntry, CacheReport, Job, Ledger};
pub(crate) use payment::{Payment, Refund};
pub(crate) use payout::{HostBalance, Payout, StatementLine};
pub(crate) use profile::{Profile, profile_of};
pub(crate) use property::Property;
pub(crate) use quote::Quote;
pub(crate) use review::Review;
pub(crate) use search::{Amenity, Place};
pub(crate) use session::{RecoveryCodes, Session, TokenPair, TotpSecret};
pub(crate) use wishlist::{SharedWishlist, Wishlist};
