//! Who comes along.

/// The people and animals of a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Guests {
    adults: u32,
    children: u32,
    infants: u32,
    pets: u32,
}

/// Why a party cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GuestsError {
    /// Somebody of age must come.
    #[error("at least one adult")]
    NoAdult,
    /// A count above [`Guests::MOST`].
    #[error("at most {max} of each", max = Guests::MOST)]
    TooMany,
}

impl Guests {
    /// The most of each kind that can be asked for.
    pub const MOST: u32 = 50;

    /// A party of at least one adult.
    ///
    /// # Errors
    /// [`GuestsError`].
    pub fn try_new(
        adults: u32,
        children: u32,
        infants: u32,
        pets: u32,
    ) -> Result<Self, GuestsError> {
        if adults == 0 {
            return Err(GuestsError::NoAdult);
        }
        if [adults, children, infants, pets]
            .iter()
            .any(|&count| count > Self::MOST)
        {
            return Err(GuestsError::TooMany);
        }
        Ok(Self {
            adults,
            children,
            infants,
            pets,
        })
    }

    /// Adults.
    #[must_use]
    pub const fn adults(self) -> u32 {
        self.adults
    }

    /// Children (2–12 years).
    #[must_use]
    pub const fn children(self) -> u32 {
        self.children
    }

    /// Infants (under 2), who count for nothing but company.
    #[must_use]
    pub const fn infants(self) -> u32 {
        self.infants
    }

    /// Pets.
    #[must_use]
    pub const fn pets(self) -> u32 {
        self.pets
    }

    /// Adults and children: what a property's `max_guests` counts.
    #[must_use]
    pub const fn counted(self) -> u32 {
        self.adults + self.children
    }
}
