//! Closed lists of values, each with its identifier in the API and the database.

use crate::shared::string_enum::string_enum;

string_enum! {
    /// Status of a property.
    PropertyStatus {
        /// Incomplete; visible only to its host.
        Draft = "draft",
        /// Published: can be found and booked.
        Listed = "listed",
        /// Unlisted by its host; existing bookings remain.
        Unlisted = "unlisted",
        /// Suspended by an admin, who alone can reinstate it.
        Suspended = "suspended",
        /// Deleted by its host or an admin; kept only for its bookings.
        Deleted = "deleted",
    }
    /// Type of building.
    PropertyType {
        /// Apartment.
        Apartment = "apartment",
        /// House.
        House = "house",
        /// Guest rooms next to a home.
        Guesthouse = "guesthouse",
        /// Villa.
        Villa = "villa",
        /// Cabin.
        Cabin = "cabin",
        /// Cottage.
        Cottage = "cottage",
        /// Townhouse.
        Townhouse = "townhouse",
        /// Loft.
        Loft = "loft",
        /// Bungalow.
        Bungalow = "bungalow",
        /// Hotel.
        Hotel = "hotel",
        /// Hostel.
        Hostel = "hostel",
        /// Bed and breakfast.
        BedAndBreakfast = "bed_and_breakfast",
        /// Boat.
        Boat = "boat",
        /// Camper van.
        Camper = "camper",
        /// Tent.
        Tent = "tent",
        /// Treehouse.
        Treehouse = "treehouse",
        /// Farm.
        FarmStay = "farm_stay",
        /// Castle.
        Castle = "castle",
        /// Any other type.
        Other = "other",
    }
    /// Part of the property that is let.
    RoomType {
        /// The entire place.
        EntirePlace = "entire_place",
        /// A private room.
        PrivateRoom = "private_room",
        /// A bed in a shared room.
        SharedRoom = "shared_room",
        /// A room in a hotel.
        HotelRoom = "hotel_room",
    }
    /// Mode of confirmation.
    BookingMode {
        /// The payment confirms the booking.
        Instant = "instant",
        /// The host must accept the request.
        Request = "request",
    }
    /// Refund policy for stays below 28 nights; see [`crate::booking::RefundPolicy`].
    CancellationPolicy {
        /// Full refund until 24 hours before check-in.
        Flexible = "flexible",
        /// Full refund until 5 days before.
        Moderate = "moderate",
        /// Full refund until 14 days before, half until 7.
        Limited = "limited",
        /// Full refund until 30 days before, half until 7.
        Firm = "firm",
        /// Half refund until 7 days before.
        Strict = "strict",
        /// Half refund until 30 days before.
        SuperStrict30 = "super_strict_30",
        /// Half refund until 60 days before.
        SuperStrict60 = "super_strict_60",
    }
    /// Refund policy for stays of 28 nights or more.
    LongStayPolicy {
        /// Full refund until 30 days before check-in.
        Firm = "long_term_firm",
        /// Full refund only within 48 hours of booking.
        Strict = "long_term_strict",
    }
}
