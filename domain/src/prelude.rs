//! The items that most programs use, to be imported at once.
//!
//! ```
//! use sojourn_domain::prelude::*;
//!
//! let stay: Stay = "2026-07-10/2026-07-14".parse()?;
//! let nightly = Money::new(100_00, Currency::USD);
//! assert_eq!((stay.nights(), nightly.to_string().as_str()), (4, "100.00 USD"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use crate::booking::{
    Booking, BookingChange, BookingStatus, CancelRequest, NewAlteration, NewBooking, Offer, Price,
    Quote, RatePlan, StayRequest,
};
pub use crate::payment::{GatewayCall, GatewayCallKind, GatewayOutcome, Payment};
pub use crate::property::{Calendar, NightClaim, Pricing, Property, PropertyDetails, StayRules};
pub use crate::shared::{
    Actor, BasisPoints, BookingId, BookingRole, Currency, Guests, MarketplaceTerms, Money,
    PaymentEntryId, PaymentId, PropertyId, Stay, UserId,
};
pub use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
pub use uuid::Uuid;
