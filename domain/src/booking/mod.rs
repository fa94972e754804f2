//! Bookings: availability, price, lifecycle, cancellation and alteration.

pub(crate) mod alteration;
pub(crate) mod availability;
pub(crate) mod booking;
pub(crate) mod cancellation;
pub(crate) mod change;
mod cheapest_stay;
mod check_record;
#[cfg(test)]
mod check_record_tests;
pub(crate) mod lifecycle;
pub(crate) mod offer;
pub(crate) mod precondition;
pub(crate) mod pricing;
pub(crate) mod repository;

pub use alteration::{AcceptedBy, Alteration, NewAlteration, TooManyProposals, check_alteration};
pub use availability::{Unavailable, UnavailableReason, check_availability};
pub use booking::{Booking, BookingRecord, Cancellation, Confirmation, HistoryEntry};
pub use cancellation::{
    CancelRequest, Deadlines, Refund, RefundLine, RefundPolicy, RefundTier, host_cancellation_fee,
};
pub use change::{BookingChange, NightsChange};
pub use lifecycle::{
    BookingCommand, BookingStatus, HoldError, HoldLimit, NewBooking, TRANSITIONS, Transition,
    TransitionError, check_hold_limits, is_ever_allowed, next_status, recent_holds_begin,
    state_diagram,
};
pub use offer::{ExplainedQuote, Offer, OfferError, OfferedNight, StayRequest};
pub use precondition::Precondition;
pub use pricing::{
    AlteredPrice, BookingConditions, InvalidPrice, InvalidQuote, LeadTimeDiscount, LineKind,
    NightPrice, PresentConditions, Price, PriceError, PriceExplanation, PriceLine, PriceRecord,
    Quote, QuoteRecord, RatePlan,
};
pub use repository::BookingCommitError;
#[cfg(feature = "repositories")]
pub use repository::BookingRepository;
#[cfg(feature = "mocks")]
pub use repository::MockBookingRepository;
