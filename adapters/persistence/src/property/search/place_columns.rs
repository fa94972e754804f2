//! The columns that say where a property is.

use sojourn_domain::property::Address;

use crate::columns::search_form::search_form;

/// Separates city, country and region. No text in the form of the search contains it.
pub(crate) const SEPARATOR: char = '\n';

/// The most characters of the form of a city or region; the columns are that long.
const MAX_FORM: usize = 200;

/// The most characters of a city or region.
const MAX_NAME: usize = 100;

/// The columns that say where a property is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PlaceColumns {
    /// City, country and region as they are compared: equal for the properties of one place.
    pub(crate) key: String,
    /// The same as the host writes them.
    pub(crate) name: String,
}

impl PlaceColumns {
    /// The columns of an address; `None` without a city.
    pub(crate) fn of(address: &Address) -> Option<Self> {
        let city = address.city.as_deref()?;
        let country = address.country.as_deref().unwrap_or_default();
        let region = address.region.as_deref().unwrap_or_default();
        let form = |text: &str| search_form(text).chars().take(MAX_FORM).collect();
        let name = |text: &str| {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            text.chars().take(MAX_NAME).collect()
        };
        Some(Self {
            key: joined(&[form(city), country.to_owned(), form(region)]),
            name: joined(&[name(city), country.to_owned(), name(region)]),
        })
    }
}

fn joined(parts: &[String; 3]) -> String {
    parts.join(&SEPARATOR.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(city: &str, region: Option<&str>) -> PlaceColumns {
        let address = Address {
            city: Some(city.to_owned()),
            region: region.map(ToOwned::to_owned),
            country: Some("BR".to_owned()),
            ..Address::default()
        };
        PlaceColumns::of(&address).unwrap()
    }

    #[test]
    fn a_place_has_one_key_in_every_spelling() {
        let usual = columns("São Paulo", Some("SP"));
        assert_eq!(usual.key, "sao paulo\nBR\nsp");
        assert_eq!(usual.name, "São Paulo\nBR\nSP");
        assert_eq!(columns(" SAO  paulo", Some("sp")).key, usual.key);
        assert_ne!(columns("São Paulo", None).key, usual.key);
        assert_eq!(PlaceColumns::of(&Address::default()), None);
    }

    #[test]
    fn columns_are_bounded_whatever_the_texts() {
        // One character of 18 in its decomposed form.
        let long = "\u{fdfa}".repeat(100);
        let columns = columns(&long, Some(&"a\n".repeat(200)));
        assert!(columns.key.chars().count() <= 410, "{columns:?}");
        assert!(columns.name.chars().count() <= 210, "{columns:?}");
        assert_eq!(columns.name.split(SEPARATOR).count(), 3);
    }
}
