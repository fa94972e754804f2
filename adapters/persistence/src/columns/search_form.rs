//! The form in which texts are compared by searches.

use unicode_normalization::UnicodeNormalization;

/// The version of the form, and of the other columns that searches read. Rows of an earlier version are written again
/// when the schema is migrated: raise it with every change of what is stored.
pub(crate) const SEARCH_VERSION: i32 = 4;

/// The text without regard to case, accents, composition and blanks: decomposed (NFKD), in lower case, without accents,
/// with the letters of other alphabets of Latin replaced, and with single spaces.
pub(crate) fn search_form(text: &str) -> String {
    let mut form = String::with_capacity(text.len());
    for c in text.nfkd().flat_map(char::to_lowercase).nfkd() {
        match plain(c) {
            Some(letters) => form.push_str(letters),
            None if is_ignored(c) => {}
            None if c.is_whitespace() || c.is_control() => {
                if !form.is_empty() && !form.ends_with(' ') {
                    form.push(' ');
                }
            }
            None => form.push(c),
        }
    }
    form.truncate(form.trim_end().len());
    form
}

/// Letters and signs that no decomposition reduces to the ones that people type for them.
const fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' | 'ɖ' => "d",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'þ' => "th",
        'ŋ' => "n",
        'ƒ' => "f",
        'ə' => "e",
        'ς' => "σ",
        '\u{2018}' | '\u{2019}' | '\u{2bb}' | '\u{2bc}' | '`' | '´' => "'",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        _ => return None,
    })
}

/// Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, and characters without a glyph.
fn is_ignored(c: char) -> bool {
    let mark = matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5bd}'
            | '\u{5bf}'
            | '\u{5c1}'..='\u{5c2}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
    );
    mark || sojourn_domain::shared::is_invisible(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_composition_make_no_difference() {
        let alike = [
            ["São Paulo", "Sa\u{303}o  PAULO", "sao paulo"],
            ["İstanbul", "ISTANBUL", "ıstanbul"],
            ["Straße", "STRASSE", "strasse"],
            ["Łódź", "lodz", "ŁO\u{301}DZ\u{301}"],
            ["Đà Nẵng", "da nang", "ĐÀ NẴNG"],
            ["Tromsø", "tromso", "TROMSØ"],
            ["Ærøskøbing", "AEROSKOBING", "ærøskøbing"],
            ["ΑΘΉΝΑΣ", "αθηνας", "Αθήνας"],
            ["Ｔｏｋｙｏ", "tokyo", " Tokyo\u{a0}"],
            ["L’Aquila", "l'aquila", "L\u{2bc}AQUILA"],
            ["Йошкар\u{2011}Ола", "йошкар-ола", "ЙОШКАР-ОЛА"],
            ["Ko\u{200b}ln", "Köln", "koln"],
        ];
        for [one, two, three] in alike {
            assert_eq!(search_form(one), search_form(two));
            assert_eq!(search_form(one), search_form(three));
        }
        assert_eq!(search_form("São Paulo"), "sao paulo");
    }

    #[test]
    fn the_form_of_a_form_is_itself() {
        for text in [
            "Łódź – Đà Nẵng",
            "한국 서울",
            "東京 ガ",
            "\u{200b}",
            "",
            "ﬁ ½ Ⅷ",
        ] {
            let form = search_form(text);
            assert_eq!(search_form(&form), form, "{text}");
        }
        assert_ne!(search_form("Bern"), search_form("Berlin"));
    }
}
