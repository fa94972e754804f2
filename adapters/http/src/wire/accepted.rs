//! Values that a field accepts, for those who sent another one.

use sojourn_application::ports::{BookingSort, JobKind, JobStatus, Period, SearchSort, Side};
use sojourn_domain::booking::{BookingStatus, RatePlan};
use sojourn_domain::payment::PayoutStatus;
use sojourn_domain::property::{
    BookingMode, CancellationPolicy, LongStayPolicy, PropertyStatus, PropertyType, RoomType,
};
use sojourn_domain::review::Subject;
use sojourn_domain::shared::{
    AuditAction, BookingId, Currency, PaymentId, PropertyId, UserId, Violations,
};
use uuid::Uuid;

/// A value that is read from text.
pub trait Accepted {
    /// The accepted texts, as the end of a sentence that begins with "must be".
    fn accepted() -> String;
}

fn one_of(names: impl IntoIterator<Item = &'static str>) -> String {
    let names: Vec<_> = names.into_iter().collect();
    format!("one of {}", names.join(", "))
}

macro_rules! accepted_names {
    ($($name:ty),+ $(,)?) => {$(
        impl Accepted for $name {
            fn accepted() -> String {
                one_of(<$name>::ALL.iter().map(|it| it.as_str()))
            }
        }
    )+};
}

accepted_names! {
    AuditAction, BookingMode, BookingStatus, CancellationPolicy, JobKind, JobStatus, LongStayPolicy, PayoutStatus,
    PropertyStatus, PropertyType, RatePlan, RoomType, Subject,
}

macro_rules! accepted_texts {
    ($($name:ty: $text:literal),+ $(,)?) => {$(
        impl Accepted for $name {
            fn accepted() -> String {
                $text.to_owned()
            }
        }
    )+};
}

accepted_texts! {
    BookingId: "an id of a booking, a UUID",
    BookingSort: "one of newest, check_in, -check_in",
    Currency: "an ISO 4217 code of a currency",
    PaymentId: "an id of a payment, a UUID",
    Period: "one of upcoming, past",
    PropertyId: "an id of a property, a UUID",
    SearchSort: "one of relevance, price, -price, rating, distance",
    Side: "one of guest, host",
    UserId: "an id of an account, a UUID",
    Uuid: "a UUID",
}

/// Parses a value; adds a violation that says what is accepted if it is another one.
pub fn parse_enum<T: Accepted>(
    found: &mut Violations,
    pointer: &str,
    text: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let value = read(text);
    if value.is_none() {
        found.add(pointer, "invalid", format!("must be {}", T::accepted()));
    }
    value
}

/// Parses values separated by commas, each of which is kept once; adds one violation if any is not accepted.
pub fn parse_enums<T: Accepted + PartialEq>(
    found: &mut Violations,
    pointer: &str,
    text: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Vec<T> {
    let mut values = Vec::new();
    for word in text.split(',') {
        let Some(value) = parse_enum(found, pointer, word.trim(), &read) else {
            return Vec::new();
        };
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_list_are_kept_once() {
        let mut found = Violations::new();
        let mut read = |text: &str| {
            parse_enums(&mut found, "/status", text, |word| {
                word.parse::<BookingStatus>().ok()
            })
        };
        let two = [BookingStatus::Confirmed, BookingStatus::CheckedIn];
        assert_eq!(read("confirmed, checked_in,confirmed"), two);
        for wrong in ["", "confirmed,", "confirmed,x,y"] {
            assert_eq!(read(wrong), [], "{wrong}");
        }
        assert_eq!(found.iter().count(), 3);
    }
}
