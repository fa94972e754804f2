//! Texts of users in notifications, marked as such.

use sojourn_domain::shared::{is_directional, is_line_break};

/// Maximum length of a line of a quotation, in characters without its mark. Longer lines would be continued without
/// the mark on many screens.
const WIDTH: usize = 74;

/// The text with a mark in front of each line, so that none of it can be taken for a text of the marketplace. Controls
/// and directions of older texts are omitted.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = Vec::new();
    for paragraph in text.replace("\r\n", "\n").split(is_line_break) {
        fill(paragraph, &mut quoted);
    }
    quoted.join("\n")
}

/// Appends the words of a paragraph in lines of limited width.
fn fill(paragraph: &str, quoted: &mut Vec<String>) {
    let mut line = String::from(">");
    let mut width = 0;
    for word in paragraph.split_whitespace() {
        let word: Vec<char> = word
            .chars()
            .filter(|c| !c.is_control() && !is_directional(*c))
            .collect();
        for part in word.chunks(WIDTH) {
            if width > 0 && width + part.len() >= WIDTH {
                quoted.push(std::mem::replace(&mut line, String::from(">")));
                width = 0;
            }
            line.push(' ');
            line.extend(part);
            width += part.len() + 1;
        }
    }
    quoted.push(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_marked() {
        assert_eq!(quote("Cabin"), "> Cabin");
        assert_eq!(quote("one\r\n\r\ntwo"), "> one\n>\n> two");
        for c in [
            '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
        ] {
            assert_eq!(quote(&format!("a{c}Dear guest")), "> a\n> Dear guest");
        }
        assert_eq!(quote("a\u{202e}b\u{1b}c"), "> abc");
    }

    #[test]
    fn no_line_is_continued_without_a_mark() {
        for text in [
            "word ".repeat(400),
            "家".repeat(1_000),
            "a\u{a0}".repeat(1_000),
            " ".repeat(200) + "Your account is suspended",
        ] {
            for line in quote(&text).lines() {
                assert!(line.starts_with('>'), "{line}");
                assert!(line.chars().count() <= WIDTH + 2, "{line}");
            }
        }
    }
}
