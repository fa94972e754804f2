//! Values of the demo with which the examples of the API document work.

use chrono::NaiveDate;
use serde_json::{Value, json};
use sojourn_domain::shared::{BookingId, PaymentId, PropertyId, ReviewId, UserId};

/// Accounts, properties and bookings of the demo.
pub(super) struct Showcase {
    pub(super) host: UserId,
    pub(super) guest: UserId,
    /// A property that can be booked at once.
    pub(super) property: PropertyId,
    /// Another one, of which the guest holds no unpaid booking.
    pub(super) unheld: PropertyId,
    /// A confirmed booking of the first one, and its payment.
    pub(super) upcoming: (BookingId, PaymentId),
    /// Day after the check-out of the confirmed booking.
    pub(super) longer_until: NaiveDate,
    /// A completed booking that the guest can review.
    pub(super) to_review: BookingId,
    /// A published review.
    pub(super) review: ReviewId,
    /// A booking that is not paid.
    pub(super) unpaid: BookingId,
    /// A booking that the host has to answer.
    pub(super) request: BookingId,
    /// Dates for which both properties are free.
    pub(super) free: (NaiveDate, NaiveDate),
}

impl Showcase {
    /// Values of parameters and fields by their names: for each operation by its id, and under `*` for all.
    pub(super) fn examples(&self) -> Value {
        let (check_in, check_out) = self.free;
        let (booking, payment) = self.upcoming;
        let request = json!({"booking_id": self.request});
        let guest = json!({"user_id": self.guest});
        let longer = json!({"check_out": self.longer_until, "guests": null});
        json!({
            "*": {
                "property_id": self.property, "property_ids": [self.property], "booking_id": booking, "payment_id": payment,
                "review_id": self.review, "user_id": self.host, "host_id": self.host,
                "check_in": check_in, "check_out": check_out, "from": check_in, "to": check_out,
            },
            "create_booking": {"property_id": self.unheld, "expected_total": null},
            "create_payment": {"booking_id": self.unpaid},
            "create_review": {"booking_id": self.to_review},
            "accept_booking": request, "decline_booking": request,
            "update_booking": longer, "preview_alteration": longer,
            "update_user": guest, "export_user": guest,
            "update_property": {"pricing": null}, "set_calendar": {"price": null},
        })
    }
}
