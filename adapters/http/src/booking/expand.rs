//! Resources that are included in bookings.

use serde::Deserialize;
use sojourn_application::ports::Ports;
use sojourn_application::related::{RelatedIds, load_related};
use sojourn_domain::shared::{Actor, Violations};
use utoipa::{IntoParams, ToSchema};

use super::dto::BookingDto;
use crate::problem::Problem;
use crate::wire::expansion::{Expansion, parse_expand};

/// Resource that can be included in a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BookingExpansion {
    /// Public profile of the host.
    Host,
    /// The property.
    Property,
    /// Public profile of the guest.
    Guest,
    /// The payment.
    Payment,
}

impl Expansion for BookingExpansion {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("host", Self::Host),
        ("property", Self::Property),
        ("guest", Self::Guest),
        ("payment", Self::Payment),
    ];
}

/// Resources to include.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExpandParams {
    /// Resources to include in each booking, separated by commas, as their own operations show them to the caller.
    /// `guest` adds `guest_profile`.
    #[param(value_type = Option<Vec<BookingExpansion>>, style = Form, explode = false, min_items = 1)]
    expand: Option<String>,
}

impl ExpandParams {
    /// The resources.
    pub fn parse(self) -> Result<Vec<BookingExpansion>, Violations> {
        parse_expand(self.expand.as_deref())
    }
}

/// Includes resources in bookings, in a number of statements that does not depend on the number of bookings.
pub async fn include(
    ports: &Ports,
    actor: &Actor,
    wanted: &[BookingExpansion],
    bookings: &mut [BookingDto],
) -> Result<(), Problem> {
    let wants = |it| wanted.contains(&it);
    let mut ids = RelatedIds::default();
    for booking in &*bookings {
        ids.users
            .extend(wants(BookingExpansion::Host).then_some(booking.host_id));
        ids.users
            .extend(wants(BookingExpansion::Guest).then_some(booking.guest_id));
        ids.properties
            .extend(wants(BookingExpansion::Property).then_some(booking.property_id));
        let payment = booking.payment_id;
        ids.payments
            .extend(payment.filter(|_| wants(BookingExpansion::Payment)));
    }
    let related = load_related(ports, Some(actor), ids).await?;
    let profile = |id| related.profiles.get(id).map(Into::into);
    for booking in bookings {
        if wants(BookingExpansion::Host) {
            booking.host = profile(&booking.host_id);
        }
        if wants(BookingExpansion::Guest) {
            booking.guest_profile = profile(&booking.guest_id);
        }
        let property = related.properties.get(&booking.property_id);
        booking.property = property.map(|it| Box::new(it.into()));
        let payment = booking.payment_id.and_then(|id| related.payments.get(&id));
        booking.payment = payment.map(Into::into);
    }
    Ok(())
}
