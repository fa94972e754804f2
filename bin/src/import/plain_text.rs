//! Conversion of HTML texts to plain text.

use sojourn_domain::shared::is_line_break;

/// Characters without width or form, except those that join letters and emoji.
const INVISIBLE: &[char] = &[
    '\u{00ad}', '\u{061c}', '\u{200b}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}',
    '\u{202d}', '\u{202e}', '\u{2060}', '\u{2061}', '\u{2062}', '\u{2063}', '\u{2064}', '\u{2066}',
    '\u{2067}', '\u{2068}', '\u{2069}', '\u{feff}',
];
/// Characters that join others, and show nothing alone.
const JOINERS: &[char] = &['\u{200c}', '\u{200d}', '\u{fe0e}', '\u{fe0f}'];

/// Converts HTML to plain text: breaks and paragraphs become line breaks, other tags, control and
/// invisible characters are removed, entities are decoded, white space at the ends of lines is trimmed.
pub(super) fn from_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = tag(rest, &mut out).or_else(|| entity(rest, &mut out));
        let length = length.unwrap_or_else(|| {
            out.push_str(&rest[..1]);
            1
        });
        rest = &rest[length..];
    }
    out.push_str(rest);
    tidy(&out)
}

/// Truncates to at most `max` characters; the flag is true if characters were removed.
pub(super) fn truncate(text: String, max: usize) -> (String, bool) {
    match text.char_indices().nth(max) {
        None => (text, false),
        Some((end, _)) => (text[..end].trim_end().to_owned(), true),
    }
}

/// Parses a tag: `<`, optionally `/`, a letter, and anything up to `>`.
fn tag(text: &str, out: &mut String) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    let name = inside.strip_prefix('/').unwrap_or(inside);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = text.find('>')?;
    let name: String = name
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    if matches!(
        name.to_ascii_lowercase().as_str(),
        "br" | "p" | "div" | "li" | "tr" | "ul" | "ol"
    ) {
        out.push('\n');
    }
    Some(end + 1)
}

fn entity(text: &str, out: &mut String) -> Option<usize> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let number = name
        .strip_prefix('#')
        .and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        });
    let meant = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "rsquo" => '’',
        "lsquo" => '‘',
        "rdquo" => '”',
        "ldquo" => '“',
        _ => number.and_then(char::from_u32)?,
    };
    out.push(meant);
    Some(end + 1)
}

/// Normalises line ends, collapses empty lines and removes control characters.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.replace("\r\n", "\n").split(is_line_break) {
        let line: String = line
            .chars()
            .map(|c| if c == '\t' { ' ' } else { c })
            .filter(|c| !c.is_control() && !INVISIBLE.contains(c))
            .collect();
        let line = line.trim();
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    if out
        .chars()
        .all(|c| c.is_whitespace() || JOINERS.contains(&c))
    {
        return String::new();
    }
    out.trim().to_owned()
}
