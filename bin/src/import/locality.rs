//! Cities, regions and countries as hosts and listings name them.

/// Code and English name of each country. Source: `iso3166.tab` of the IANA time zone database.
const COUNTRIES: &str = include_str!("countries.tsv");

const US_STATES: &[&str] = &[
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA",
    "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM",
    "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA",
    "WV", "WI", "WY",
];

/// The parts of an address that the properties of a city share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Locality {
    pub city: Option<String>,
    pub region: Option<String>,
    pub country: Option<String>,
}

pub(super) fn is_country(code: &str) -> bool {
    COUNTRIES
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .any(|(known, _)| known == code)
}

/// Parses `Albany, NY`, `Paris, France`, `Austin, Texas, United States` or
/// `Deusto, Bilbao, Basque Country, Spain`. Of three parts the first is the city, unless the second
/// is the usual city of the file, as in `Sentrum, Oslo, Norway`. A country alone is not a locality.
pub(super) fn parse_locality(text: &str, usual_city: Option<&str>) -> Option<Locality> {
    let parts: Vec<_> = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let (&last, before) = parts.split_last()?;
    let state = US_STATES.contains(&last);
    let country = if state {
        Some("US".to_owned())
    } else {
        find_country(last)
    };
    country.as_ref()?;
    let (city, region) = match before {
        [] => return None,
        [city] => (*city, None),
        [_, city] if usual_city.is_some_and(|usual| same(usual, city)) => (*city, None),
        [.., city, region] => (*city, Some(*region)),
    };
    let region = if state { Some(last) } else { region };
    Some(Locality {
        city: Some(city.to_owned()),
        region: region.map(str::to_owned),
        country,
    })
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

fn find_country(name: &str) -> Option<String> {
    let mut known = COUNTRIES.lines().filter_map(|line| line.split_once('\t'));
    known
        .find(|(code, full)| *code == name || same(full, name))
        .map(|(code, _)| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, usual_city: Option<&str>) -> Option<(String, String, String)> {
        let locality = parse_locality(text, usual_city)?;
        Some((
            locality.city?,
            locality.region.unwrap_or_default(),
            locality.country?,
        ))
    }

    #[test]
    fn localities_are_found() {
        let found = |text| parts(text, Some("Oslo"));
        let named = |city: &str, region: &str, country: &str| {
            Some((city.to_owned(), region.to_owned(), country.to_owned()))
        };
        assert_eq!(found("Albany, NY"), named("Albany", "NY", "US"));
        assert_eq!(found("Paris, France"), named("Paris", "", "FR"));
        assert_eq!(found("Leeds, United Kingdom"), named("Leeds", "", "GB"));
        assert_eq!(
            found("Getxo, Basque Country, Spain"),
            named("Getxo", "Basque Country", "ES")
        );
        assert_eq!(found("Sentrum, OSLO, Norway"), named("OSLO", "", "NO"));
        assert_eq!(
            found("Deusto, Bilbao, Basque Country, Spain"),
            named("Bilbao", "Basque Country", "ES")
        );
        assert_eq!(found("United States"), None);
        assert_eq!(found("Neighborhood highlights"), None);
    }
}
