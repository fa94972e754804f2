//! Bases of taxes.

use crate::shared::basis_points::BasisPoints;
use crate::shared::money::Money;

/// Basis of a tax. Serialized with its `kind` beside its amount where the format is one that people
/// read, such as JSON, and as the enum that it is in binary formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaxRate {
    /// A percentage of all lines above the service fee.
    Percent {
        /// Percentage.
        bps: BasisPoints,
    },
    /// An amount per night.
    PerNight {
        /// Amount.
        amount: Money,
    },
    /// An amount per night of each adult and child.
    PerGuestNight {
        /// Amount.
        amount: Money,
    },
}

#[cfg(feature = "serde")]
mod serialization {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{BasisPoints, Money, TaxRate};

    /// Defines a serialized form of [`TaxRate`].
    macro_rules! form {
        ($(#[$attribute:meta])* $name:ident) => {
            #[derive(Serialize, Deserialize)]
            $(#[$attribute])*
            #[serde(remote = "TaxRate", rename_all = "snake_case")]
            enum $name {
                Percent { bps: BasisPoints },
                PerNight { amount: Money },
                PerGuestNight { amount: Money },
            }
        };
    }

    form!(
        #[serde(tag = "kind")]
        Readable
    );
    form!(Binary);

    impl Serialize for TaxRate {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            if serializer.is_human_readable() {
                Readable::serialize(self, serializer)
            } else {
                Binary::serialize(self, serializer)
            }
        }
    }

    impl<'de> Deserialize<'de> for TaxRate {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            if deserializer.is_human_readable() {
                Readable::deserialize(deserializer)
            } else {
                Binary::deserialize(deserializer)
            }
        }
    }
}
