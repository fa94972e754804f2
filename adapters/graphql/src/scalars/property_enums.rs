//! Enums of properties.

use async_graphql::Enum;
use sojourn_domain as domain;

/// Status of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::property::PropertyStatus")]
pub(crate) enum PropertyStatus {
    /// Incomplete; visible only to its host.
    Draft,
    /// Published: can be found and booked.
    Listed,
    /// Unlisted by its host; existing bookings remain.
    Unlisted,
    /// Suspended by an admin, who alone can reinstate it.
    Suspended,
    /// Deleted by its host or an admin; kept only for its bookings.
    Deleted,
}

/// Type of building.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::property::PropertyType")]
pub(crate) enum PropertyType {
    /// Apartment.
    Apartment,
    /// House.
    House,
    /// Guest rooms next to a home.
    Guesthouse,
    /// Villa.
    Villa,
    /// Cabin.
    Cabin,
    /// Cottage.
    Cottage,
    /// Townhouse.
    Townhouse,
    /// Loft.
    Loft,
    /// Bungalow.
    Bungalow,
    /// Hotel.
    Hotel,
    /// Hostel.
    Hostel,
    /// Bed and breakfast.
    BedAndBreakfast,
    /// Boat.
    Boat,
    /// Camper van.
    Camper,
    /// Tent.
    Tent,
    /// Treehouse.
    Treehouse,
    /// Farm.
    FarmStay,
    /// Castle.
    Castle,
    /// Any other type.
    Other,
}

/// Part of the property that is let.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::property::RoomType")]
pub(crate) enum RoomType {
    /// The entire place.
    EntirePlace,
    /// A private room.
    PrivateRoom,
    /// A bed in a shared room.
    SharedRoom,
    /// A room in a hotel.
    HotelRoom,
}

/// Mode of confirmation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::property::BookingMode")]
pub(crate) enum BookingMode {
    /// The payment confirms the booking.
    Instant,
    /// The host must accept the request.
    Request,
}

/// Refund policy for stays below 28 nights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::property::CancellationPolicy")]
pub(crate) enum CancellationPolicy {
    /// Full refund until 24 hours before check-in.
    Flexible,
    /// Full refund until 5 days before.
    Moderate,
    /// Full refund until 14 days before, half until 7.
    Limited,
    /// Full refund until 30 days before, half until 7.
    Firm,
    /// Half refund until 7 days before.
    Strict,
    /// Half refund until 30 days before.
    #[graphql(name = "SUPER_STRICT_30")]
    SuperStrict30,
    /// Half refund until 60 days before.
    #[graphql(name = "SUPER_STRICT_60")]
    SuperStrict60,
}

/// Refund policy for stays of 28 nights or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::property::LongStayPolicy")]
pub(crate) enum LongStayPolicy {
    /// Full refund until 30 days before check-in.
    Firm,
    /// Full refund only within 48 hours of booking.
    Strict,
}

/// Basis of calculation of a tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum TaxKind {
    /// A share of all price lines before the service fee.
    Percent,
    /// An amount per night.
    PerNight,
    /// An amount per night for each adult and child.
    PerGuestNight,
}

/// Category of an amenity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::property::AmenityCategory")]
pub(crate) enum AmenityCategory {
    /// Bathroom.
    Bathroom,
    /// Bedroom and laundry.
    BedroomAndLaundry,
    /// Entertainment.
    Entertainment,
    /// Family.
    Family,
    /// Heating and cooling.
    HeatingAndCooling,
    /// House rules: activities that the host allows.
    HouseRules,
    /// Internet and office.
    InternetAndOffice,
    /// Kitchen and dining.
    KitchenAndDining,
    /// Location.
    LocationFeatures,
    /// Outdoors.
    Outdoor,
    /// Parking and shared facilities.
    ParkingAndFacilities,
    /// Safety.
    Safety,
    /// Services.
    Services,
}
