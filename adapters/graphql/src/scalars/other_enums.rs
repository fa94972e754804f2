//! Enums of accounts, searches, roles and background work.

use async_graphql::Enum;
use sojourn_application::ports;
use sojourn_domain as domain;

/// Role of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::user::Role")]
pub(crate) enum Role {
    /// Guest or host.
    Member,
    /// Operator.
    Admin,
}

/// State of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "ports::AccountState")]
pub(crate) enum AccountState {
    /// The email address is not verified yet.
    Unverified,
    /// The account can log in.
    Active,
    /// Suspended by an operator.
    Suspended,
    /// Anonymised and closed.
    Erased,
}

/// Party that acts on a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::shared::BookingRole")]
pub(crate) enum BookingParty {
    /// The guest.
    Guest,
    /// The host.
    Host,
    /// An operator.
    Admin,
    /// The marketplace, such as when a deadline expires.
    System,
}

/// Role of the caller in a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum BookingSide {
    /// The caller is the guest.
    Guest,
    /// The caller is the host.
    Host,
}

/// Kind of the subject of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum NotificationSubjectKind {
    /// A booking of the caller, as guest or host.
    Booking,
    /// A review about the caller or a property of the caller.
    Review,
    /// The account of the caller.
    Account,
}

/// Sort order of search results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "ports::SearchSort")]
pub(crate) enum SearchSort {
    /// By number of ratings, then mean rating, descending.
    Relevance,
    /// By price per night, ascending; requires `currency`, unless all results have one.
    Price,
    /// By price per night, descending; requires `currency`, unless all results have one.
    PriceDescending,
    /// By mean rating, descending.
    Rating,
    /// By distance, ascending; requires `near`.
    Distance,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

/// Kind of background work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "ports::JobKind")]
pub(crate) enum JobKind {
    /// Mails; each has one recipient.
    Email,
    /// Calls to the payment gateway without an outcome.
    GatewayCall,
    /// Ends of holds, requests, alterations and stays.
    BookingTimer,
    /// Due payouts to hosts.
    Payout,
    /// Refunds that the gateway refused and that are still owed.
    Refund,
    /// Reviews whose period has ended.
    Review,
    /// Removal of expired rows.
    CleanUp,
}

/// Status of background work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "ports::JobStatus")]
pub(crate) enum JobStatus {
    /// Due now or later.
    Waiting,
    /// Leased to a worker.
    Running,
    /// Not tried again by itself.
    SetAside,
}

impl From<chrono::Weekday> for Weekday {
    fn from(day: chrono::Weekday) -> Self {
        match day {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }
}

impl From<Weekday> for chrono::Weekday {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Mon,
            Weekday::Tuesday => Self::Tue,
            Weekday::Wednesday => Self::Wed,
            Weekday::Thursday => Self::Thu,
            Weekday::Friday => Self::Fri,
            Weekday::Saturday => Self::Sat,
            Weekday::Sunday => Self::Sun,
        }
    }
}

impl From<BookingSide> for ports::Side {
    fn from(side: BookingSide) -> Self {
        match side {
            BookingSide::Guest => Self::Guest,
            BookingSide::Host => Self::Host,
        }
    }
}
