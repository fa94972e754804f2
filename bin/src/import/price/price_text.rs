//! Prices as people write them.
//!
//! - The currency may stand before or after the amount, as a sign or a code. `$` is what the source
//!   writes for every currency, so it means the currency of the import.
//! - Thousands are grouped by `.`, `,`, blanks or apostrophes; decimals follow `.` or `,`.
//! - A single `.` or `,` before exactly three digits groups thousands (`1.234` is 1234), since
//!   hardly a currency has three decimals. In those that have, such a price is refused.
//! - Everything else is refused: negative amounts, ranges, words.

use sojourn_domain::shared::{Currency, Money};

use super::currency_sign::find_currency;

/// A text that is not a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct InvalidPrice;

/// Texts that stand for a missing price.
const MISSING: &[&str] = &["", "-", "n/a", "na", "nan", "null", "none"];
/// Marks of writing direction and byte order, without a meaning for a price.
const INVISIBLE: &[char] = &['\u{200e}', '\u{200f}', '\u{feff}', '\u{200b}', '\u{2060}'];

/// Digits of an amount.
struct Digits {
    whole: String,
    fraction: String,
}

/// Parses a price; `None` if there is none. Digits beyond the currency's precision are rounded half
/// up.
pub(in crate::import) fn parse(
    text: &str,
    default: Currency,
) -> Result<Option<Money>, InvalidPrice> {
    let text: String = text.chars().filter(|c| !INVISIBLE.contains(c)).collect();
    let text = text.trim();
    if MISSING.contains(&text.to_lowercase().as_str()) {
        return Ok(None);
    }
    let first = text.find(|c: char| c.is_ascii_digit());
    let last = text.rfind(|c: char| c.is_ascii_digit());
    let (first, last) = first.zip(last).ok_or(InvalidPrice)?;
    let currency = find_currency(&text[..first], &text[last + 1..], default)?;
    let digits = split(&text[first..=last], currency)?;
    amount(&digits, currency)
        .map(|amount| Some(Money::new(amount, currency)))
        .ok_or(InvalidPrice)
}

/// Splits an amount at its decimal mark.
fn split(number: &str, currency: Currency) -> Result<Digits, InvalidPrice> {
    let mut groups = vec![String::new()];
    let mut marks = Vec::new();
    for c in number.chars() {
        match c {
            '0'..='9' => groups.last_mut().ok_or(InvalidPrice)?.push(c),
            _ if groups.last().is_none_or(String::is_empty) => return Err(InvalidPrice),
            '.' | ',' => marks.push(c),
            '\'' | '’' | 'ʼ' | '`' => marks.push('\''),
            c if c.is_whitespace() => marks.push(' '),
            _ => return Err(InvalidPrice),
        }
        if groups.len() == marks.len() {
            groups.push(String::new());
        }
    }
    let Some((&last, before)) = marks.split_last() else {
        return Ok(whole(&groups));
    };
    let decimal_mark = matches!(last, '.' | ',');
    if decimal_mark && !before.is_empty() && !before.contains(&last) {
        return split_decimals(groups, before);
    }
    let three_follow = groups.last().is_some_and(|group| group.len() == 3);
    let groups_thousands = three_follow && !groups[0].starts_with('0') && groups[0].len() <= 3;
    if decimal_mark && before.is_empty() && !groups_thousands {
        let long = groups.last().is_some_and(|group| group.len() > 3);
        if last == ',' && long {
            return Err(InvalidPrice);
        }
        return split_decimals(groups, before);
    }
    if decimal_mark && before.is_empty() && currency.exponent() >= 3 {
        return Err(InvalidPrice);
    }
    check_groups(&groups, &marks)?;
    Ok(whole(&groups))
}

fn split_decimals(mut groups: Vec<String>, before: &[char]) -> Result<Digits, InvalidPrice> {
    let fraction = groups.pop().ok_or(InvalidPrice)?;
    check_groups(&groups, before)?;
    Ok(Digits {
        fraction,
        ..whole(&groups)
    })
}

/// Checks that digits are grouped by threes, or as in India, with one mark.
fn check_groups(groups: &[String], marks: &[char]) -> Result<(), InvalidPrice> {
    let Some((last, before)) = groups.split_last().filter(|_| groups.len() > 1) else {
        return Ok(());
    };
    let same_mark = marks.iter().all(|mark| Some(mark) == marks.first());
    let sizes: Vec<_> = before.iter().skip(1).map(String::len).collect();
    let threes = sizes.iter().all(|&size| size == 3);
    let twos = marks.first() == Some(&',') && sizes.iter().all(|&size| size == 2);
    let fits = same_mark && last.len() == 3 && groups[0].len() <= 3 && (threes || twos);
    if fits { Ok(()) } else { Err(InvalidPrice) }
}

fn whole(groups: &[String]) -> Digits {
    Digits {
        whole: groups.concat(),
        fraction: String::new(),
    }
}

/// The amount in minor units.
fn amount(digits: &Digits, currency: Currency) -> Option<i64> {
    let precision = currency.exponent() as usize;
    let padded = format!("{:0<precision$}", digits.fraction);
    let minor: i64 = format!("{}{}", digits.whole, &padded[..precision])
        .parse()
        .ok()?;
    let next = padded.as_bytes().get(precision);
    minor.checked_add(i64::from(next.is_some_and(|&digit| digit >= b'5')))
}
