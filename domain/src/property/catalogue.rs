//! Closed lists of the trade, each with the word by which the API and the database know it.

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        pub enum $name {
            $($(#[$variant_doc])* #[cfg_attr(feature = "serde", serde(rename = $word))] $variant),+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word for it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The one with this word.
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
    /// Whether a property can be found and booked.
    PropertyStatus {
        /// Being written; only its host sees it.
        Draft = "draft",
        /// Can be found and booked.
        Listed = "listed",
        /// Taken off by its host; existing bookings stay.
        Unlisted = "unlisted",
        /// Taken off by an operator; only an operator can lift it.
        Suspended = "suspended",
    }
    /// What kind of building it is.
    PropertyType {
        /// A flat.
        Apartment = "apartment",
        /// A house.
        House = "house",
        /// Rooms for guests beside a home.
        Guesthouse = "guesthouse",
        /// A villa.
        Villa = "villa",
        /// A cabin.
        Cabin = "cabin",
        /// A cottage.
        Cottage = "cottage",
        /// A townhouse.
        Townhouse = "townhouse",
        /// A loft.
        Loft = "loft",
        /// A bungalow.
        Bungalow = "bungalow",
        /// A hotel.
        Hotel = "hotel",
        /// A hostel.
        Hostel = "hostel",
        /// Bed and breakfast.
        BedAndBreakfast = "bed_and_breakfast",
        /// A boat.
        Boat = "boat",
        /// A camper van.
        Camper = "camper",
        /// A tent.
        Tent = "tent",
        /// A house in a tree.
        Treehouse = "treehouse",
        /// A farm.
        FarmStay = "farm_stay",
        /// A castle.
        Castle = "castle",
        /// None of these.
        Other = "other",
    }
    /// How much of it a guest has alone.
    RoomType {
        /// All of it.
        EntirePlace = "entire_place",
        /// A room of one's own.
        PrivateRoom = "private_room",
        /// A bed in a shared room.
        SharedRoom = "shared_room",
        /// A room in a hotel.
        HotelRoom = "hotel_room",
    }
    /// Whether payment alone confirms a booking.
    BookingMode {
        /// It does.
        Instant = "instant",
        /// The host accepts first.
        Request = "request",
    }
    /// What a guest gets back; see [`crate::booking::RefundPolicy`].
    CancellationPolicy {
        /// All until 24 hours before check-in.
        Flexible = "flexible",
        /// All until 5 days before.
        Moderate = "moderate",
        /// All until 14 days before, half until 7.
        Limited = "limited",
        /// All until 30 days before, half until 7.
        Firm = "firm",
        /// Half until 7 days before.
        Strict = "strict",
        /// Half until 30 days before.
        SuperStrict30 = "super_strict_30",
        /// Half until 60 days before.
        SuperStrict60 = "super_strict_60",
    }
    /// What replaces the policy for stays of 28 nights and more.
    LongStayPolicy {
        /// All until 30 days before check-in.
        Firm = "long_term_firm",
        /// All only within 48 hours of booking.
        Strict = "long_term_strict",
    }
}
