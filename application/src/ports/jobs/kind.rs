//! Kinds of background work.

/// Kind of background work. Each has a loop of its own, so that none waits for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobKind {
    /// Mails; each has one recipient.
    Email,
    /// Calls to the payment gateway without an outcome; the subject is a payment.
    GatewayCall,
    /// Ends of holds, requests, alterations and stays; the subject is a booking.
    BookingTimer,
    /// Due payouts to hosts; the subject is a payment.
    Payout,
    /// Refunds that the gateway refused and that are still owed; the subject is a payment.
    Refund,
    /// Reviews whose window has ended; the subject is a review.
    Review,
    /// Removal of expired rows.
    CleanUp,
}

impl JobKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Email,
        Self::GatewayCall,
        Self::BookingTimer,
        Self::Payout,
        Self::Refund,
        Self::Review,
        Self::CleanUp,
    ];

    /// The stored and displayed word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::GatewayCall => "gateway_call",
            Self::BookingTimer => "booking_timer",
            Self::Payout => "payout",
            Self::Refund => "refund",
            Self::Review => "review",
            Self::CleanUp => "clean_up",
        }
    }

    /// The kind of a word, if there is one.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

impl std::fmt::Display for JobKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip() {
        for kind in JobKind::ALL {
            assert_eq!(JobKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(JobKind::parse("sms"), None);
    }
}
