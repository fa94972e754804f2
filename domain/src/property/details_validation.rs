//! Validation of a property's details.

use std::collections::BTreeSet;

use crate::property::details::{Address, PropertyDetails};
use crate::property::enums::PropertyStatus;
use crate::shared::invalid_record::InvalidRecord;
use crate::shared::violations::Violations;

/// Maximum number of amenities of a property.
const MAX_AMENITIES: usize = 150;

impl PropertyDetails {
    /// Returns all violations of the values present. A draft may be incomplete.
    #[must_use]
    pub fn validate(&self) -> Violations {
        let mut found = Violations::new();
        self.check_texts(&mut found);
        self.check_counts(&mut found);
        if let Some(place) = self.location {
            let latitude_ok = (-90.0..=90.0).contains(&place.latitude);
            found.require(
                latitude_ok,
                "/location/latitude",
                "out_of_range",
                "-90 to 90 degrees",
            );
            let longitude_ok = (-180.0..=180.0).contains(&place.longitude);
            found.require(
                longitude_ok,
                "/location/longitude",
                "out_of_range",
                "-180 to 180 degrees",
            );
        }
        if let Some(pricing) = &self.pricing {
            pricing.collect_violations(&mut found);
        }
        self.stay_rules.collect_violations(&mut found);
        found
    }

    /// Returns everything that prevents publication: violations, and missing title, description,
    /// address, location, time zone, guests, or nightly price above 0.
    #[must_use]
    pub fn validate_for_listing(&self) -> Violations {
        let mut found = self.validate();
        let mut need = |present: bool, pointer: &str| {
            found.require(present, pointer, "required", "required for publication");
        };
        need(self.title.is_some(), "/title");
        need(self.description.is_some(), "/description");
        need(self.address.line1.is_some(), "/address/line1");
        need(self.address.city.is_some(), "/address/city");
        need(self.address.country.is_some(), "/address/country");
        need(self.location.is_some(), "/location");
        need(self.time_zone.is_some(), "/time_zone");
        need(self.max_guests.is_some(), "/max_guests");
        need(
            self.pricing
                .as_ref()
                .is_some_and(|pricing| pricing.nightly.amount() > 0),
            "/pricing/nightly",
        );
        found
    }

    /// Checks that prices can be calculated from stored details, and that a listed property can be
    /// booked.
    pub(super) fn check_stored(&self, status: PropertyStatus) -> Result<(), InvalidRecord> {
        if let Some(pricing) = &self.pricing {
            pricing.check_stored()?;
        }
        if status != PropertyStatus::Listed {
            return Ok(());
        }
        for (field, present) in [
            ("details.time_zone", self.time_zone.is_some()),
            ("details.pricing", self.pricing.is_some()),
        ] {
            if !present {
                let rule = "a listed property needs it";
                return Err(InvalidRecord::new(field, "absent", rule));
            }
        }
        Ok(())
    }

    fn check_texts(&self, found: &mut Violations) {
        let texts = [
            ("/description", &self.description, 20_000),
            ("/house_rules", &self.house_rules, 10_000),
        ];
        for (pointer, text, max) in texts {
            if let Some(text) = text {
                found.text(pointer, text, max);
            }
        }
        let lines = [
            ("/title", &self.title, 200),
            ("/address/line1", &self.address.line1, 200),
            ("/address/line2", &self.address.line2, 200),
            ("/address/city", &self.address.city, 100),
            ("/address/region", &self.address.region, 100),
            ("/address/postal_code", &self.address.postal_code, 20),
        ];
        for (pointer, line, max) in lines {
            if let Some(line) = line {
                found.line(pointer, line, max);
            }
        }
        if let Some(country) = &self.address.country {
            let ok = Address::is_country_code(country);
            found.require(
                ok,
                "/address/country",
                "invalid",
                "must be an ISO 3166-1 code of two upper-case letters",
            );
        }
        self.check_amenities(found);
    }

    fn check_amenities(&self, found: &mut Violations) {
        if !found.count("/amenities", self.amenities.len(), MAX_AMENITIES) {
            return;
        }
        let mut known = BTreeSet::new();
        for (index, amenity) in self.amenities.iter().enumerate() {
            let pointer = format!("/amenities/{index}");
            found.line(&pointer, amenity, 200);
            let new = known.insert(amenity);
            found.require(new, &pointer, "duplicate", "duplicate amenity");
        }
    }

    fn check_counts(&self, found: &mut Violations) {
        if let Some(guests) = self.max_guests {
            found.require(
                (1..=50).contains(&guests),
                "/max_guests",
                "out_of_range",
                "1 to 50",
            );
        }
        found.require(self.max_pets <= 10, "/max_pets", "out_of_range", "0 to 10");
        found.require(self.bedrooms <= 50, "/bedrooms", "out_of_range", "0 to 50");
        found.require(self.beds <= 100, "/beds", "out_of_range", "0 to 100");
        found.require(
            self.half_bathrooms <= 100,
            "/bathrooms",
            "out_of_range",
            "0 to 50, in halves",
        );
    }
}
