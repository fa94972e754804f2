//! Closed lists of values, each with its identifier in the API and the database.

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        pub enum $name {
            $($(#[$variant_doc])* #[cfg_attr(feature = "serde", serde(rename = $word))] $variant),+
        }

        impl $name {
            /// All values.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Identifier in the API and the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Returns the value with this identifier.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )+};
}
pub(crate) use words;

words! {
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
