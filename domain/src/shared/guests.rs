//! The number of guests of a stay.

/// The number of guests of a stay by kind, including pets.
///
/// Guarantees: at least one adult, and at most [`Guests::MAX_PER_KIND`] of each kind, however it was
/// made or deserialized.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Counts")
)]
pub struct Guests {
    adults: u32,
    children: u32,
    infants: u32,
    pets: u32,
}

#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Counts {
    adults: u32,
    children: u32,
    infants: u32,
    pets: u32,
}

#[cfg(feature = "serde")]
impl TryFrom<Counts> for Guests {
    type Error = GuestsError;

    fn try_from(counts: Counts) -> Result<Self, GuestsError> {
        Self::try_new(counts.adults, counts.children, counts.infants, counts.pets)
    }
}

/// Reason for which the numbers of guests are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GuestsError {
    /// There is no adult.
    #[error("at least one adult is required")]
    NoAdult,
    /// A number is above [`Guests::MAX_PER_KIND`].
    #[error("at most {max} of each kind", max = Guests::MAX_PER_KIND)]
    TooMany,
}

impl Guests {
    /// Maximum number of each kind.
    pub const MAX_PER_KIND: u32 = 50;

    /// Creates the guests of a stay with at least one adult.
    ///
    /// # Errors
    /// [`GuestsError`] without an adult, or above [`Guests::MAX_PER_KIND`] of a kind.
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
            .any(|&count| count > Self::MAX_PER_KIND)
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

    /// Infants (under 2), who do not count towards the maximum or any fee.
    #[must_use]
    pub const fn infants(self) -> u32 {
        self.infants
    }

    /// Pets.
    #[must_use]
    pub const fn pets(self) -> u32 {
        self.pets
    }

    /// Adults and children, who count towards a property's `max_guests`.
    #[must_use]
    pub const fn total_counted(self) -> u32 {
        self.adults + self.children
    }
}
