//! Bookings and their alterations.

use async_graphql::InputObject;
use sojourn_application::booking::{AlterRequest, GuestsPatch, Reserve};
use sojourn_application::input;
use sojourn_domain::booking::RatePlan as DomainRatePlan;
use sojourn_domain::shared::{Guests, Violations};

use super::optional_text;
use super::stay::GuestsInput;
use crate::scalars::{Date, Id, MoneyInput, RatePlan};

/// A booking request of a guest.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct CreateBookingInput {
    /// Id of the property.
    property_id: Id,
    /// Check-in date.
    check_in: Date,
    /// Check-out date.
    check_out: Date,
    /// Number of guests.
    guests: GuestsInput,
    /// Rate plan; `STANDARD` when absent.
    rate: Option<RatePlan>,
    /// Token of a quote, whose price then applies.
    quote_token: Option<String>,
    /// Expected total without a quote; any other total fails with `price_changed`.
    expected_total: Option<MoneyInput>,
    /// Message to the host, up to 2000 characters.
    message: Option<String>,
}

impl CreateBookingInput {
    /// The command, or all violations.
    pub(crate) fn parse(self) -> Result<Reserve, Violations> {
        let mut found = Violations::new();
        let stay = input::stay(self.check_in.0, self.check_out.0, &mut found);
        let guests = self.guests.parse(&mut found);
        let expected_total = self
            .expected_total
            .and_then(|total| total.parse("/expected_total", &mut found));
        optional_text(&mut found, "/message", self.message.as_deref(), 2_000);
        let (Some(stay), Some(guests)) = (stay, guests) else {
            return Err(found);
        };
        found.into_result(Reserve {
            property_id: self.property_id.into(),
            stay,
            guests,
            rate: self.rate.map_or(DomainRatePlan::Standard, Into::into),
            quote_token: self.quote_token,
            expected_total,
            message: self.message,
        })
    }
}

/// Changes of the dates and guests of a booking: absent fields stay unchanged.
#[derive(Debug, Clone, InputObject)]
#[graphql(name = "BookingChangesInput")]
pub(crate) struct BookingChanges {
    /// New check-in date.
    check_in: Option<Date>,
    /// New check-out date.
    check_out: Option<Date>,
    /// New number of guests.
    guests: Option<GuestsChangeInput>,
    /// Expected new total; any other total fails with `price_changed`.
    expected_total: Option<MoneyInput>,
    /// Card that is charged if the change costs more; the booking's card when absent. Only allowed for the guest.
    payment_method: Option<String>,
}

/// Changes of the number of guests: absent kinds stay unchanged.
#[derive(Debug, Clone, Copy, Default, InputObject)]
pub(crate) struct GuestsChangeInput {
    /// Number of adults, at least one.
    adults: Option<u32>,
    /// Number of children aged 2 to 12.
    children: Option<u32>,
    /// Number of infants under 2.
    infants: Option<u32>,
    /// Number of pets.
    pets: Option<u32>,
}

impl BookingChanges {
    /// The requested changes, or all violations.
    pub(crate) fn parse(self) -> Result<AlterRequest, Violations> {
        let mut found = Violations::new();
        let guests = self.guests.unwrap_or_default().parse(&mut found);
        let expected_total = self
            .expected_total
            .and_then(|total| total.parse("/expected_total", &mut found));
        found.into_result(AlterRequest {
            check_in: self.check_in.map(|it| it.0),
            check_out: self.check_out.map(|it| it.0),
            guests,
            expected_total,
            payment_method: self.payment_method,
        })
    }
}

impl GuestsChangeInput {
    fn parse(self, found: &mut Violations) -> GuestsPatch {
        let detail = "must include at least one adult";
        found.require(
            self.adults != Some(0),
            "/guests/adults",
            "out_of_range",
            detail,
        );
        let range = format!("must be at most {}", Guests::MAX_PER_KIND);
        for (name, count) in [
            ("adults", self.adults),
            ("children", self.children),
            ("infants", self.infants),
            ("pets", self.pets),
        ] {
            let in_range = count.is_none_or(|count| count <= Guests::MAX_PER_KIND);
            found.require(in_range, &format!("/guests/{name}"), "out_of_range", &range);
        }
        GuestsPatch {
            adults: self.adults,
            children: self.children,
            infants: self.infants,
            pets: self.pets,
        }
    }
}
