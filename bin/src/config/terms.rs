//! `[terms]` and `SOJOURN_TERMS_<KEY>`.

use sojourn_domain::shared::MarketplaceTerms;
use toml::{Table, Value};

use super::sources::{ConfigError, Found, Sources};

const PREFIX: &str = "SOJOURN_TERMS_";

/// Each key with the least and the greatest value that makes sense.
const KEYS: [(&str, i64, i64); 11] = [
    ("hold_minutes", 1, 1_440),
    ("request_hours", 1, 168),
    ("quote_minutes", 1, 1_440),
    ("grace_hours", 0, 720),
    ("grace_days_ahead", 0, 365),
    ("guest_fee_bps", 0, 10_000),
    ("host_fee_bps", 0, 10_000),
    ("review_days", 1, 365),
    ("response_days", 1, 365),
    ("payout_hours", 0, 720),
    ("alteration_hours", 1, 168),
];

/// The terms in force.
pub(super) fn read(sources: &Sources) -> Result<MarketplaceTerms, ConfigError> {
    let in_file = section(sources)?;
    refuse_unknown(sources, &in_file)?;
    let mut table = Table::new();
    for (key, least, greatest) in KEYS {
        if let Some(found) = find(sources, &in_file, key)? {
            table.insert(
                key.to_owned(),
                Value::Integer(number(&found, least, greatest)?),
            );
        }
    }
    table.try_into().map_err(|error| ConfigError::Wrong {
        key: "[terms]".to_owned(),
        detail: error.to_string(),
    })
}

fn section(sources: &Sources) -> Result<Table, ConfigError> {
    match sources.file().get("terms") {
        None => Ok(Table::new()),
        Some(Value::Table(table)) => Ok(table.clone()),
        Some(_) => Err(ConfigError::Wrong {
            key: "terms".to_owned(),
            detail: "a table [terms]".to_owned(),
        }),
    }
}

fn find(sources: &Sources, in_file: &Table, key: &str) -> Result<Option<Found>, ConfigError> {
    match sources.variable(&format!("{PREFIX}{}", key.to_uppercase()))? {
        Some(found) => Ok(Some(found)),
        None => in_file.get(key).map_or(Ok(None), |value| {
            sources.of_file(&format!("[terms] {key}"), value)
        }),
    }
}

fn number(found: &Found, least: i64, greatest: i64) -> Result<i64, ConfigError> {
    let number = found
        .value
        .parse()
        .ok()
        .filter(|number| (least..=greatest).contains(number));
    number.ok_or_else(|| found.wrong(format!("a whole number from {least} to {greatest}")))
}

fn refuse_unknown(sources: &Sources, in_file: &Table) -> Result<(), ConfigError> {
    let known = |key: &str| KEYS.iter().any(|(name, ..)| *name == key);
    let variable_known = |name: &str| {
        name.strip_prefix(PREFIX)
            .is_some_and(|key| known(&key.to_lowercase()))
    };
    let variable = sources
        .variables_with(PREFIX)
        .find(|name| !variable_known(name))
        .map(str::to_owned);
    let field = in_file
        .keys()
        .find(|key| !known(key))
        .map(|key| format!("[terms] {key}"));
    let names: Vec<_> = KEYS.iter().map(|(name, ..)| *name).collect();
    variable.or(field).map_or(Ok(()), |key| {
        Err(ConfigError::Wrong {
            key,
            detail: format!("there is no such term, only {}", names.join(", ")),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(pairs: &[(&str, &str)]) -> Sources {
        Sources::of_variables(pairs.iter().map(|(name, value)| (*name, *value)))
    }

    #[test]
    fn variables_overrule_the_file_and_the_file_the_defaults() {
        let file = "[terms]\nhold_minutes = 20\nhost_fee_bps = 500\n";
        let terms =
            read(&variables(&[("SOJOURN_TERMS_HOLD_MINUTES", "30")]).with_file(file)).unwrap();
        assert_eq!((terms.hold_minutes, terms.host_fee_bps.get()), (30, 500));
        assert_eq!(terms.review_days, MarketplaceTerms::default().review_days);
    }

    #[test]
    fn wrong_values_name_their_key() {
        for (name, value) in [
            ("SOJOURN_TERMS_HOLD_MINUTES", "soon"),
            ("SOJOURN_TERMS_HOLD_MINUTES", "0"),
            ("SOJOURN_TERMS_GUEST_FEE_BPS", "10001"),
            ("SOJOURN_TERMS_NOTHING", "1"),
        ] {
            let error = read(&variables(&[(name, value)])).unwrap_err().to_string();
            assert!(error.starts_with(name), "{error}");
        }
        for (text, key) in [
            ("[terms]\nnothing = 1", "[terms] nothing"),
            (
                "[terms]\nreview_days = 1.5",
                "[terms] review_days in sojourn.toml",
            ),
            (
                "[terms]\nreview_days = -1",
                "[terms] review_days in sojourn.toml",
            ),
            ("terms = 1", "terms"),
        ] {
            let error = read(&variables(&[]).with_file(text))
                .unwrap_err()
                .to_string();
            assert!(error.starts_with(key), "{error}");
        }
    }
}
