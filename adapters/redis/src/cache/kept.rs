//! An answer as Redis keeps it: how many tokens, the tokens, how many bytes, the bytes.

use std::sync::Arc;

use super::token::Token;

/// What begins every answer of ours.
const MARK: u8 = 0xA5;

/// What was found in the place of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// An answer that counts.
    Fresh(Arc<[u8]>),
    /// An answer of before a change.
    Outdated,
    /// No answer of ours.
    Garbage,
}

/// Nothing when there are more tokens or bytes than there is room to say.
pub(crate) fn write(tokens: &[Token], answer: &[u8]) -> Option<Vec<u8>> {
    let (count, length) = (
        u8::try_from(tokens.len()).ok()?,
        u32::try_from(answer.len()).ok()?,
    );
    let mut written = Vec::with_capacity(6 + tokens.len() * Token::LENGTH + answer.len());
    written.extend([MARK, count]);
    tokens
        .iter()
        .for_each(|token| written.extend(token.as_bytes()));
    written.extend(length.to_be_bytes());
    written.extend(answer);
    Some(written)
}

/// Reads what [`write`] wrote. It counts when it has exactly these tokens.
pub(crate) fn read(written: &[u8], tokens: &[Option<Token>]) -> Found {
    let Some((theirs, answer)) = parse(written) else {
        return Found::Garbage;
    };
    let same = |(theirs, ours): (&[u8], &Option<Token>)| {
        ours.is_some_and(|ours| ours.as_bytes() == theirs)
    };
    let theirs = theirs.chunks_exact(Token::LENGTH);
    if theirs.len() == tokens.len() && theirs.zip(tokens).all(same) {
        Found::Fresh(Arc::from(answer))
    } else {
        Found::Outdated
    }
}

/// The bytes of the tokens, and the answer.
fn parse(written: &[u8]) -> Option<(&[u8], &[u8])> {
    let ([mark, count], rest) = written.split_first_chunk()?;
    let (tokens, rest) = rest.split_at_checked(usize::from(*count) * Token::LENGTH)?;
    let (length, answer) = rest.split_first_chunk()?;
    let whole =
        usize::try_from(u32::from_be_bytes(*length)).is_ok_and(|length| length == answer.len());
    (*mark == MARK && whole).then_some((tokens, answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(tokens: &[Token]) -> Vec<Option<Token>> {
        tokens.iter().copied().map(Some).collect()
    }

    #[test]
    fn counts_with_its_tokens_alone() {
        let [a, b, c] = [(); 3].map(|()| Token::fresh());
        let written = write(&[a, b], b"answer").unwrap();
        assert_eq!(
            read(&written, &some(&[a, b])),
            Found::Fresh(Arc::from(*b"answer"))
        );
        for others in [
            vec![],
            some(&[a]),
            some(&[b, a]),
            some(&[a, c]),
            some(&[a, b, c]),
            vec![Some(a), None],
        ] {
            assert_eq!(read(&written, &others), Found::Outdated, "{others:?}");
        }
        assert_eq!(
            read(&write(&[a], b"").unwrap(), &some(&[a])),
            Found::Fresh(Arc::from(*b""))
        );
    }

    #[test]
    fn everything_else_is_garbage() {
        let token = Token::fresh();
        let written = write(&[token], b"answer").unwrap();
        for end in 0..written.len() {
            assert_eq!(
                read(&written[..end], &some(&[token])),
                Found::Garbage,
                "cut at {end}"
            );
        }
        let longer = [&written[..], b"!"].concat();
        assert_eq!(read(&longer, &some(&[token])), Found::Garbage);
        for garbage in [&b"{\"id\":1}"[..], &[0; 100], &[0xFF; 300]] {
            assert_eq!(read(garbage, &some(&[token])), Found::Garbage);
        }
    }

    #[test]
    fn says_no_to_more_tokens_than_it_can_count() {
        assert_eq!(write(&vec![Token::fresh(); 256], b""), None);
        assert!(write(&vec![Token::fresh(); 255], b"").is_some());
    }
}
