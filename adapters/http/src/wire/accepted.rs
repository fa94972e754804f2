//! Values that a field accepts, for those who sent another one.

use sojourn_application::ports::{JobKind, JobStatus, SearchSort, Side};
use sojourn_domain::booking::{BookingStatus, RatePlan};
use sojourn_domain::payment::PayoutStatus;
use sojourn_domain::property::{
    BookingMode, CancellationPolicy, LongStayPolicy, PropertyStatus, PropertyType, RoomType,
};
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
    PropertyStatus, PropertyType, RatePlan, RoomType,
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
    Currency: "an ISO 4217 code of a currency",
    PaymentId: "an id of a payment, a UUID",
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
