//! Signs and codes of currencies beside an amount.

use sojourn_domain::shared::Currency;

use super::price_text::InvalidPrice;

/// Signs, and the currencies that they may mean: the first one, unless the import is in another of
/// them. A sign that begins with an empty code has no usual meaning.
const SIGNS: &[(&str, &[&str])] = &[
    ("€", &["EUR"]),
    ("£", &["GBP", "EGP", "GIP", "FKP", "SHP"]),
    ("¥", &["JPY", "CNY"]),
    ("¥", &["JPY", "CNY"]),
    ("円", &["JPY"]),
    ("元", &["CNY"]),
    ("kr", &["", "SEK", "NOK", "DKK", "ISK"]),
    ("rs", &["INR", "PKR", "LKR", "NPR", "MUR"]),
    ("₹", &["INR"]),
    ("₩", &["KRW"]),
    ("₽", &["RUB"]),
    ("₺", &["TRY"]),
    ("tl", &["TRY"]),
    ("₫", &["VND"]),
    ("đ", &["VND"]),
    ("₪", &["ILS"]),
    ("₴", &["UAH"]),
    ("฿", &["THB"]),
    ("₱", &["PHP"]),
    ("₦", &["NGN"]),
    ("zł", &["PLN"]),
    ("kč", &["CZK"]),
    ("ft", &["HUF"]),
    ("lei", &["RON"]),
    ("fr", &["CHF"]),
    ("sfr", &["CHF"]),
    ("r", &["ZAR"]),
    ("rm", &["MYR"]),
    ("rp", &["IDR"]),
    ("r$", &["BRL"]),
    ("us$", &["USD"]),
    ("a$", &["AUD"]),
    ("au$", &["AUD"]),
    ("c$", &["CAD"]),
    ("ca$", &["CAD"]),
    ("nz$", &["NZD"]),
    ("hk$", &["HKD"]),
    ("s$", &["SGD"]),
    ("sg$", &["SGD"]),
    ("mx$", &["MXN"]),
    ("nt$", &["TWD"]),
];

/// The currency of an amount from the texts before and after it; the default if there are none.
pub(in crate::import) fn find_currency(
    before: &str,
    after: &str,
    default: Currency,
) -> Result<Currency, InvalidPrice> {
    let before = before.trim();
    let after = without_dash(after.trim());
    let signs: Vec<&str> = [before, after]
        .into_iter()
        .flat_map(str::split_whitespace)
        .filter(|sign| *sign != "$")
        .collect();
    let mut named = signs.iter().map(|sign| currency_of(sign, default));
    let Some(first) = named.next().transpose()? else {
        return Ok(default);
    };
    for other in named {
        if other? != first {
            return Err(InvalidPrice);
        }
    }
    Ok(first)
}

/// Removes the dash that stands for no cents: `85,-`.
fn without_dash(after: &str) -> &str {
    for mark in [".", ","] {
        for dash in ["--", "-", "–", "—"] {
            let rest = after
                .strip_prefix(mark)
                .and_then(|rest| rest.strip_prefix(dash));
            if let Some(rest) = rest {
                return rest.trim_start();
            }
        }
    }
    after
}

fn currency_of(sign: &str, default: Currency) -> Result<Currency, InvalidPrice> {
    let sign = sign.trim_end_matches('.').to_lowercase();
    let candidates = SIGNS.iter().find(|(known, _)| *known == sign);
    let code = match candidates {
        Some((_, codes)) if codes.contains(&default.code()) => return Ok(default),
        Some((_, codes)) => codes.first().copied().unwrap_or_default().to_owned(),
        None => sign.strip_suffix('$').unwrap_or(&sign).to_uppercase(),
    };
    Currency::parse(&code).map_err(|_| InvalidPrice)
}
