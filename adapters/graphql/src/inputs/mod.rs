//! Input objects, and the commands that they are.

mod booking;
mod calendar;
mod pricing;
mod pricing_changes;
mod profile;
mod property;
mod review;
mod search;
mod stay;
mod stay_rules;

pub(crate) use booking::{BookingChanges, CreateBookingInput};
pub(crate) use calendar::{CalendarChanges, parse_calendar};
pub(crate) use profile::{ProfileChanges, RegisterUserInput};
pub(crate) use property::{PropertyChanges, PropertyInput};
pub(crate) use review::{ReviewChanges, WriteReviewInput};
pub(crate) use search::PropertySearchInput;
pub(crate) use stay::GuestsInput;

use async_graphql::{InputType, MaybeUndefined};
use sojourn_application::Patch;
use sojourn_domain::shared::Violations;

/// The change of a value that may be absent, null or given.
fn patch<T: InputType, U>(field: MaybeUndefined<T>, read: impl FnOnce(T) -> Option<U>) -> Patch<U> {
    match field {
        MaybeUndefined::Undefined => Patch::Keep,
        MaybeUndefined::Null => Patch::Clear,
        MaybeUndefined::Value(value) => read(value).map_or(Patch::Keep, Patch::Set),
    }
}

/// Adds a violation unless an optional text has 1 to `max` characters with a visible one.
pub(crate) fn optional_text(found: &mut Violations, pointer: &str, text: Option<&str>, max: usize) {
    if let Some(text) = text {
        found.text(pointer, text, max);
    }
}
