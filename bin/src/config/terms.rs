//! The settings `[terms]` and `SOJOURN_TERMS_<KEY>`.

use sojourn_domain::shared::MarketplaceTerms;
use toml::{Table, Value};

use super::problems::Problems;
use super::sources::{ConfigError, RawSetting, Sources};

pub(super) const PREFIX: &str = "SOJOURN_TERMS_";

/// The configured terms, with defaults for absent keys.
pub(super) fn read(sources: &Sources) -> Result<MarketplaceTerms, ConfigError> {
    let file_terms = section(sources)?;
    let mut problems = Problems::default();
    problems.note(reject_unknown(sources, &file_terms));
    let mut table = Table::new();
    for (key, min, max) in MarketplaceTerms::LIMITS {
        let found = find_in(sources, &file_terms, key);
        if let Some(found) = problems.note_optional(found)
            && let Some(number) = problems.note(number(&found, min, max))
        {
            table.insert(key.to_owned(), Value::Integer(number.into()));
        }
    }
    problems.check()?;
    table.try_into().map_err(|error| ConfigError::Invalid {
        key: "[terms]".to_owned(),
        detail: error.to_string(),
    })
}

fn section(sources: &Sources) -> Result<Table, ConfigError> {
    match sources.file().get("terms") {
        None => Ok(Table::new()),
        Some(Value::Table(table)) => Ok(table.clone()),
        Some(_) => Err(ConfigError::Invalid {
            key: "terms".to_owned(),
            detail: "must be a table [terms]".to_owned(),
        }),
    }
}

/// The value of a term with the name under which it was given.
pub(super) fn find(sources: &Sources, key: &str) -> Result<Option<RawSetting>, ConfigError> {
    find_in(sources, &section(sources)?, key)
}

fn find_in(
    sources: &Sources,
    file_terms: &Table,
    key: &str,
) -> Result<Option<RawSetting>, ConfigError> {
    match sources.variable(&format!("{PREFIX}{}", key.to_uppercase()))? {
        Some(found) => Ok(Some(found)),
        None => Ok(file_terms.get(key).map(|value| RawSetting {
            key: format!("[terms] {key} in {}", sources.file_name()),
            value: number_text(value),
        })),
    }
}

/// The text of a number; empty for other types, which is then rejected like any other text.
fn number_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Integer(number) => number.to_string(),
        _ => String::new(),
    }
}

fn number(found: &RawSetting, min: u32, max: u32) -> Result<u32, ConfigError> {
    let number = found
        .value
        .parse()
        .ok()
        .filter(|number| (min..=max).contains(number));
    number.ok_or_else(|| found.invalid(format!("must be a whole number from {min} to {max}")))
}

fn reject_unknown(sources: &Sources, file_terms: &Table) -> Result<(), ConfigError> {
    let known = |key: &str| {
        MarketplaceTerms::LIMITS
            .iter()
            .any(|(name, ..)| *name == key)
    };
    let variable_known = |variable: &str| {
        MarketplaceTerms::LIMITS
            .iter()
            .any(|(name, ..)| variable == format!("{PREFIX}{}", name.to_uppercase()))
    };
    let variable = sources
        .variables_with(PREFIX)
        .find(|name| !variable_known(name))
        .map(str::to_owned);
    let field = file_terms
        .keys()
        .find(|key| !known(key))
        .map(|key| format!("[terms] {key}"));
    let names: Vec<_> = MarketplaceTerms::LIMITS
        .iter()
        .map(|(name, ..)| *name)
        .collect();
    variable.or(field).map_or(Ok(()), |key| {
        Err(ConfigError::Invalid {
            key,
            detail: format!("unknown term; known are {}", names.join(", ")),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(pairs: &[(&str, &str)]) -> Sources {
        Sources::from_variables(pairs.iter().map(|(name, value)| (*name, *value)))
    }

    #[test]
    fn variables_override_the_file_and_the_file_the_defaults() {
        let file = "[terms]\nhold_minutes = 20\nhost_fee_bps = 500\n";
        let terms =
            read(&variables(&[("SOJOURN_TERMS_HOLD_MINUTES", "30")]).with_file(file)).unwrap();
        assert_eq!((terms.hold_minutes, terms.host_fee_bps.get()), (30, 500));
        assert_eq!(terms.review_days, MarketplaceTerms::default().review_days);
    }

    #[test]
    fn every_value_outside_its_range_is_an_error_with_key_and_range() {
        for (key, min, max) in MarketplaceTerms::LIMITS {
            let variable = format!("{PREFIX}{}", key.to_uppercase());
            let range = format!(": must be a whole number from {min} to {max}");
            for value in [
                &(i64::from(min) - 1).to_string(),
                &(max + 1).to_string(),
                "4294967296",
                "99999999999999999999",
                "1.5",
                "1e1",
                "1_0",
                "5%",
                "soon",
            ] {
                let error = read(&variables(&[(&variable, value)])).unwrap_err();
                assert_eq!(error.to_string(), format!("{variable}{range}"), "{value}");
            }
            for value in [
                &(i64::from(min) - 1).to_string(),
                &(max + 1).to_string(),
                "14.2",
                "true",
                "''",
                "' '",
                "'soon'",
                "[1]",
                "['1']",
                "{ value = 1 }",
            ] {
                let file = format!("[terms]\n{key} = {value}");
                let error = read(&variables(&[]).with_file(&file)).unwrap_err();
                let expected = format!("[terms] {key} in sojourn.toml{range}");
                assert_eq!(error.to_string(), expected, "{value}");
            }
            for value in [min, max] {
                read(&variables(&[(&variable, &value.to_string())])).unwrap();
            }
        }
    }

    #[test]
    fn every_term_of_the_marketplace_can_be_configured() {
        let mut terms = Table::try_from(MarketplaceTerms::default()).unwrap();
        terms.remove("version");
        // Tables by currency, not numbers: fixed by the version of the terms.
        terms.remove("host_cancellation_minimums");
        terms.remove("nightly_minimums");
        // A safeguard of the marketplace: fixed by the version of the terms.
        terms.remove("max_alterations");
        let mut known: Vec<_> = MarketplaceTerms::LIMITS
            .iter()
            .map(|(key, ..)| (*key).to_owned())
            .collect();
        known.sort();
        assert_eq!(terms.keys().cloned().collect::<Vec<_>>(), known);
        for (key, min, max) in MarketplaceTerms::LIMITS {
            let default = terms[key].as_integer().unwrap();
            assert!(
                (min..=max).contains(&u32::try_from(default).unwrap()),
                "{key}"
            );
            let page = include_str!("../../../docs/configuration.md");
            let row = format!("| `{key}` | {default} | {min} to {max} | ");
            assert!(page.contains(&row), "docs/configuration.md lacks {row}");
        }
    }

    #[test]
    fn unknown_terms_are_errors() {
        for name in [
            "SOJOURN_TERMS_NOTHING",
            "SOJOURN_TERMS_hold_minutes",
            "SOJOURN_TERMS_VERSION",
            "SOJOURN_TERMS_",
        ] {
            let error = read(&variables(&[(name, "1")])).unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("{name}: unknown term")),
                "{error}"
            );
        }
        for (text, error) in [
            ("[terms]\nnothing = 1", "[terms] nothing: unknown term"),
            ("[terms]\nversion = 1", "[terms] version: unknown term"),
            ("terms = 1", "terms: must be a table [terms]"),
        ] {
            let actual = read(&variables(&[]).with_file(text)).unwrap_err();
            assert!(actual.to_string().starts_with(error), "{actual}");
        }
    }
}
