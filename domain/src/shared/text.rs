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

#[cfg(test)]
mod tests {
    use super::*;

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
