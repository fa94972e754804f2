//! Classes of characters in texts that people write.

/// Ranges of characters without a glyph of their own: formats (Unicode category Cf), characters that are ignored by
/// default, blank letters, private use and noncharacters.
const INVISIBLE: [(char, char); 34] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{600}', '\u{605}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{6dd}', '\u{6dd}'),
    ('\u{70f}', '\u{70f}'),
    ('\u{890}', '\u{891}'),
    ('\u{8e2}', '\u{8e2}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{e000}', '\u{f8ff}'),
    ('\u{fdd0}', '\u{fdef}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{fffe}', '\u{ffff}'),
    ('\u{110bd}', '\u{110bd}'),
    ('\u{110cd}', '\u{110cd}'),
    ('\u{13430}', '\u{1343f}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d159}', '\u{1d15a}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{1fffe}', '\u{1ffff}'),
    ('\u{2fffe}', '\u{2ffff}'),
    ('\u{3fffe}', '\u{3ffff}'),
    ('\u{e0000}', '\u{e0fff}'),
    ('\u{efffe}', '\u{10ffff}'),
];

/// Returns `true` if the character formats text or has no glyph, such as a zero-width space.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    INVISIBLE
        .iter()
        .any(|&(first, last)| (first..=last).contains(&c))
}

/// Returns `true` if a reader sees anything of the text: one character at least that is neither blank, nor a control,
/// nor invisible.
#[must_use]
pub fn is_visible(text: &str) -> bool {
    text.chars()
        .any(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(c))
}

/// Characters that set the direction of the text after them, so that it reads as another one.
const DIRECTIONS: [(char, char); 4] = [
    ('\u{61c}', '\u{61c}'),
    ('\u{200e}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2066}', '\u{2069}'),
];

/// Returns `true` if the character sets the direction of the text after it.
#[must_use]
pub fn is_directional(c: char) -> bool {
    DIRECTIONS
        .iter()
        .any(|&(first, last)| (first..=last).contains(&c))
}

/// Returns `true` if the character ends a line: a control, or a separator of lines or paragraphs.
#[must_use]
pub const fn is_line_break(c: char) -> bool {
    matches!(
        c,
        '\n'..='\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Returns `true` if the text stands on one line as it is written: no controls, line breaks or directions.
#[must_use]
pub fn is_one_line(text: &str) -> bool {
    !text.contains(|c: char| c.is_control() || is_line_break(c) || is_directional(c))
}

/// Returns `true` if the text has no controls but line breaks (`\n` or `\r\n`).
#[must_use]
pub fn is_lines(text: &str) -> bool {
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let breaks = c == '\n' || (c == '\r' && rest.peek() == Some(&'\n'));
        if c.is_control() && !breaks {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_has_no_controls_breaks_or_directions() {
        for text in ["", "Côté mer – 家", "👩\u{200d}🚀", "a\u{a0}b", "שלום"] {
            assert!(is_one_line(text), "{text:?}");
        }
        let controls = ('\0'..='\u{9f}').filter(|c| c.is_control());
        let directions = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}";
        let refused = controls
            .chain(directions.chars())
            .chain(['\u{2028}', '\u{2029}']);
        for c in refused {
            assert!(!is_one_line(&format!("a{c}b")), "{c:?}");
        }
    }

    #[test]
    fn lines_have_line_breaks_and_no_other_controls() {
        for text in ["", "one\ntwo\r\n\r\nthree", "\n", "a\u{202b}ב\u{202c}"] {
            assert!(is_lines(text), "{text:?}");
        }
        for text in [
            "a\tb",
            "a\rb",
            "a\r",
            "\u{1b}[31m",
            "a\u{85}b",
            "\0",
            "a\u{7f}",
        ] {
            assert!(!is_lines(text), "{text:?}");
        }
    }

    #[test]
    fn blanks_controls_and_invisible_characters_are_not_visible() {
        let unseen = [
            "",
            " \t\n",
            "\u{200b}",
            "\u{feff}\u{200d}\u{2060}",
            "\u{a0}\u{3000}",
            "\u{3164}\u{115f}\u{ffa0}",
            "\u{2800}",
            "\u{ad}\u{34f}\u{180e}",
            "\u{2028}\u{202e}",
            "\u{fe0f}",
            "\u{e0041}",
            "\u{0}\u{85}",
        ];
        for text in unseen {
            assert!(!is_visible(text), "{text:?}");
        }
        for text in ["a", " é ", "\u{200b}x", "家", "👩\u{200d}🚀", "."] {
            assert!(is_visible(text), "{text:?}");
        }
    }
}
