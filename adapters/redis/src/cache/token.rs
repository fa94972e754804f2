//! What stands for the present state of a topic.

use uuid::Uuid;

/// Unlike every other token there ever was. A topic gets a new one when something about it changes, and an answer counts
/// only while its topics have the tokens that they had before it was made. A count would not do: one that Redis lost
/// would begin again, and bring back answers of its first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Token([u8; Self::LENGTH]);

impl Token {
    /// In bytes.
    pub(crate) const LENGTH: usize = 16;

    /// A new one.
    #[expect(
        clippy::disallowed_methods,
        reason = "it names nothing of the trade, and nothing is read from it"
    )]
    pub(crate) fn fresh() -> Self {
        Self(Uuid::now_v7().into_bytes())
    }

    /// Reads what Redis has; anything of another length is none of ours.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// As Redis has it.
    pub(crate) const fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differs_from_all_others_and_comes_back_as_it_went() {
        let token = Token::fresh();
        assert_ne!(token, Token::fresh());
        assert_eq!(Token::parse(token.as_bytes()), Some(token));
        for garbage in [&b""[..], b"1", b"fifteen bytes..", b"seventeen bytes.."] {
            assert_eq!(Token::parse(garbage), None);
        }
    }
}
