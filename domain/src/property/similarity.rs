//! Likeness of properties, for those who look for an alternative.

use crate::property::details::{Location, PropertyDetails};

/// Kilometres in a degree of latitude.
const KM_PER_DEGREE: f64 = 111.195;

/// Points of a kilometre between the displayed locations.
const PER_KM: f64 = 400.0;

/// Points of a price that is twice the other one, and the most of a price.
const OTHER_PRICE: u64 = 10_000;

/// Points of each guest that one of them takes more.
const PER_GUEST: u64 = 1_000;

/// Points of each bedroom that one of them has more.
const PER_BEDROOM: u64 = 1_500;

/// The most points of guests, and of bedrooms.
const MOST_OF_SIZE: u64 = 10_000;

/// Points of another kind of building.
const OTHER_TYPE: u64 = 3_000;

impl PropertyDetails {
    /// The difference of another property in place, price and size: 0 for a twin next door, more for less alike. The
    /// places are the displayed ones, so that it tells no more than the map.
    #[must_use]
    pub fn difference(&self, other: &Self) -> u64 {
        let place = match (self.location, other.location) {
            (Some(one), Some(other)) => distance_points(one.blurred(), other.blurred()),
            _ => 0,
        };
        let nightly = |it: &Self| {
            it.pricing
                .as_ref()
                .map(|it| it.nightly.amount().unsigned_abs())
        };
        let price = match (nightly(self), nightly(other)) {
            (Some(one), Some(other)) => price_points(one, other),
            _ => 0,
        };
        let size = |one: u32, other: u32, points| {
            u64::from(one.abs_diff(other))
                .saturating_mul(points)
                .min(MOST_OF_SIZE)
        };
        let guests = |it: &Self| it.max_guests.unwrap_or(0);
        let kind = if self.property_type == other.property_type {
            0
        } else {
            OTHER_TYPE
        };
        place
            + price
            + size(guests(self), guests(other), PER_GUEST)
            + size(self.bedrooms, other.bedrooms, PER_BEDROOM)
            + kind
    }
}

/// Points of a distance, measured on a plane.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a distance on earth is a small positive number"
)]
fn distance_points(one: Location, other: Location) -> u64 {
    let east = (one.longitude - other.longitude).abs();
    let east = if east > 180.0 { 360.0 - east } else { east };
    let east = east
        * f64::midpoint(one.latitude, other.latitude)
            .to_radians()
            .cos();
    let north = one.latitude - other.latitude;
    (east.hypot(north) * KM_PER_DEGREE * PER_KM).round() as u64
}

/// Points of the share by which the higher price exceeds the lower one.
fn price_points(one: u64, other: u64) -> u64 {
    let (low, high) = (one.min(other), one.max(other));
    if low == 0 {
        return if high == 0 { 0 } else { OTHER_PRICE };
    }
    (high - low)
        .saturating_mul(OTHER_PRICE)
        .checked_div(low)
        .map_or(OTHER_PRICE, |points| points.min(OTHER_PRICE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::property::enums::PropertyType;
    use crate::property::pricing::Pricing;
    use crate::shared::currency::Currency;
    use crate::shared::money::Money;

    fn place(latitude: f64, longitude: f64, nightly: i64, guests: u32) -> PropertyDetails {
        PropertyDetails {
            location: Some(Location {
                latitude,
                longitude,
            }),
            pricing: Some(Pricing::nightly(Money::new(
                nightly,
                Currency::parse("USD").unwrap(),
            ))),
            max_guests: Some(guests),
            ..PropertyDetails::default()
        }
    }

    #[test]
    fn near_ones_of_like_price_and_size_differ_least() {
        let own = place(42.65, -73.75, 100_00, 4);
        assert_eq!(own.difference(&own), 0);
        let others = [
            (place(42.66, -73.75, 100_00, 4), 445),
            (place(42.65, -73.75, 110_00, 4), 1_000),
            (place(42.65, -73.75, 100_00, 6), 2_000),
            (place(42.65, -73.75, 900_00, 4), 10_000),
            (place(42.65, -73.75, 0, 40), 20_000),
        ];
        for (other, points) in others {
            assert_eq!(own.difference(&other), points, "{other:?}");
            assert_eq!(other.difference(&own), points, "{other:?}");
        }
        let boat = PropertyDetails {
            property_type: PropertyType::Boat,
            ..own.clone()
        };
        assert_eq!(own.difference(&boat), 3_000);
    }

    #[test]
    fn only_displayed_places_are_compared() {
        let own = place(42.654, -73.754, 100_00, 4);
        assert_eq!(own.difference(&place(42.646, -73.746, 100_00, 4)), 0);
        // Both sides of the antimeridian are near.
        let fiji = place(-17.0, 179.99, 100_00, 4);
        assert!(fiji.difference(&place(-17.0, -179.99, 100_00, 4)) < 1_000);
    }
}
