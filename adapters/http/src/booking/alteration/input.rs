//! Alteration requests as JSON.

use serde::Deserialize;
use sojourn_application::booking::{AlterRequest, GuestsPatch};
use sojourn_domain::shared::{Guests, Violations};
use utoipa::ToSchema;

use crate::wire::merge_patch::{double_option, non_null};
use crate::wire::money::MoneyDto;
use crate::wire::stay::date;

/// Merge patch of a booking's dates and guests: absent fields stay unchanged. `null` sets the number of
/// children, infants or pets to zero.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookingPatch {
    /// New check-in date.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = String, format = Date, required = false)]
    check_in: Option<Option<String>>,
    /// New check-out date.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = String, format = Date, required = false)]
    check_out: Option<Option<String>>,
    /// New number of guests.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = GuestsPatchInput, required = false)]
    guests: Option<Option<GuestsPatchInput>>,
    /// Expected new total; any other total fails with 409 `price_changed`.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = MoneyDto, required = false)]
    expected_total: Option<Option<MoneyDto>>,
    /// Card that is charged when the change costs more; the booking's card when absent. Only allowed for
    /// the guest.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 200)]
    payment_method: Option<Option<String>>,
}

/// Acceptance of an alteration.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AlterationAcceptanceInput)]
pub struct AcceptAlterationInput {
    /// Card that is charged when the change costs more; the booking's card when absent. Only allowed for
    /// the guest.
    #[schema(min_length = 1, max_length = 200)]
    pub(super) payment_method: Option<String>,
}

/// Merge patch of the number of guests.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GuestsPatch)]
pub struct GuestsPatchInput {
    /// Number of adults, at least one.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = u32, required = false, minimum = 1, maximum = 50)]
    adults: Option<Option<u32>>,
    /// Number of children aged 2 to 12.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = Option<u32>, minimum = 0, maximum = 50)]
    children: Option<Option<u32>>,
    /// Number of infants under 2.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = Option<u32>, minimum = 0, maximum = 50)]
    infants: Option<Option<u32>>,
    /// Number of pets.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = Option<u32>, minimum = 0, maximum = 50)]
    pets: Option<Option<u32>>,
}

impl BookingPatch {
    /// The requested changes, or all violations.
    pub fn parse(self) -> Result<AlterRequest, Violations> {
        let mut found = Violations::new();
        let mut day = |pointer: &str, field: Option<Option<String>>| {
            let text = non_null(&mut found, pointer, field)?;
            date(&mut found, pointer, &text)
        };
        let (check_in, check_out) = (
            day("/check_in", self.check_in),
            day("/check_out", self.check_out),
        );
        let party = non_null(&mut found, "/guests", self.guests).unwrap_or_default();
        let guests = party.parse(&mut found);
        let expected_total = non_null(&mut found, "/expected_total", self.expected_total)
            .and_then(|total| total.parse("/expected_total", &mut found));
        let payment_method = non_null(&mut found, "/payment_method", self.payment_method);
        found.into_result(AlterRequest {
            check_in,
            check_out,
            guests,
            expected_total,
            payment_method,
        })
    }
}

impl GuestsPatchInput {
    fn parse(self, found: &mut Violations) -> GuestsPatch {
        let adults = non_null(found, "/guests/adults", self.adults);
        found.require(
            adults != Some(0),
            "/guests/adults",
            "out_of_range",
            "must include at least one adult",
        );
        let or_none = |field: Option<Option<u32>>| field.map(Option::unwrap_or_default);
        let (children, infants, pets) = (
            or_none(self.children),
            or_none(self.infants),
            or_none(self.pets),
        );
        let counts = [
            ("adults", adults),
            ("children", children),
            ("infants", infants),
            ("pets", pets),
        ];
        let range = format!("must be at most {}", Guests::MAX_PER_KIND);
        for (name, count) in counts {
            let in_range = count.is_none_or(|count| count <= Guests::MAX_PER_KIND);
            found.require(in_range, &format!("/guests/{name}"), "out_of_range", &range);
        }
        GuestsPatch {
            adults,
            children,
            infants,
            pets,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(body: Value) -> Result<AlterRequest, Violations> {
        serde_json::from_value::<BookingPatch>(body)
            .unwrap()
            .parse()
    }

    #[test]
    fn absent_fields_stay_and_null_clears_optional_ones() {
        assert_eq!(read(json!({})), Ok(AlterRequest::default()));
        let asked = read(json!({"check_out": "2026-07-05", "guests": {"adults": 3, "pets": null}}))
            .unwrap();
        assert_eq!(asked.check_out, "2026-07-05".parse().ok());
        assert_eq!(asked.check_in, None);
        assert_eq!(
            asked.guests,
            GuestsPatch {
                adults: Some(3),
                pets: Some(0),
                ..GuestsPatch::default()
            }
        );
    }

    #[test]
    fn all_violations_are_reported_at_once() {
        let body =
            json!({"check_in": null, "check_out": "soon", "guests": {"adults": 0, "infants": 51}});
        let found = read(body).unwrap_err();
        let pointers: Vec<_> = found
            .iter()
            .map(|it| (it.pointer.as_str(), it.code))
            .collect();
        let wanted = [
            ("/check_in", "required"),
            ("/check_out", "invalid"),
            ("/guests/adults", "out_of_range"),
            ("/guests/infants", "out_of_range"),
        ];
        assert_eq!(pointers, wanted);
        assert!(read(json!({"guests": null})).is_err());
    }
}
