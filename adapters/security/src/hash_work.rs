//! How much work a password's hash is.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};

/// The least work, as pairs of memory in KiB and passes that OWASP's password storage cheat sheet holds for equal.
const LEAST: [(u32, u32); 5] = [
    (47_104, 1),
    (19_456, 2),
    (12_288, 3),
    (9_216, 4),
    (7_168, 5),
];
const MOST_MEMORY_KIB: u32 = 1_048_576;
const MOST_ITERATIONS: u32 = 20;
const MOST_LANES: u32 = 16;

/// The parameters of Argon2id. The default is 19 MiB, two passes and one lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashWork {
    memory_kib: u32,
    iterations: u32,
    lanes: u32,
}

/// Why parameters are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HashWorkError {
    /// The text does not name memory, passes and lanes, each once.
    #[error("write it as m=19456,t=2,p=1: memory in KiB, passes, lanes")]
    Unreadable,
    /// Less than what OWASP recommends.
    #[error(
        "too little work: at least m=47104,t=1 or m=19456,t=2 or m=12288,t=3 or m=9216,t=4 or m=7168,t=5, with p=1"
    )]
    TooLittle,
    /// More than a server can afford for one login.
    #[error("too much work: at most m=1048576 (1 GiB), t=20 and p=16")]
    TooMuch,
}

impl Default for HashWork {
    fn default() -> Self {
        Self {
            memory_kib: 19_456,
            iterations: 2,
            lanes: 1,
        }
    }
}

impl fmt::Display for HashWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "m={},t={},p={}",
            self.memory_kib, self.iterations, self.lanes
        )
    }
}

impl HashWork {
    /// Reads parameters as PHC strings write them: `m=19456,t=2,p=1`, in any order.
    ///
    /// # Errors
    /// [`HashWorkError`].
    pub fn parse(text: &str) -> Result<Self, HashWorkError> {
        let parts: Vec<_> = text.split(',').collect();
        let value = |name: &str| {
            let named = parts
                .iter()
                .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
            let digits = named.filter(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
            digits
                .and_then(|value| value.parse().ok())
                .ok_or(HashWorkError::Unreadable)
        };
        let work = Self {
            memory_kib: value("m")?,
            iterations: value("t")?,
            lanes: value("p")?,
        };
        if parts.len() == 3 {
            work.within_bounds()
        } else {
            Err(HashWorkError::Unreadable)
        }
    }

    fn within_bounds(self) -> Result<Self, HashWorkError> {
        let enough = |(memory, passes)| self.memory_kib >= memory && self.iterations >= passes;
        if !LEAST.into_iter().any(enough) || self.lanes == 0 {
            return Err(HashWorkError::TooLittle);
        }
        let affordable = self.memory_kib <= MOST_MEMORY_KIB
            && self.iterations <= MOST_ITERATIONS
            && self.lanes <= MOST_LANES;
        if affordable {
            Ok(self)
        } else {
            Err(HashWorkError::TooMuch)
        }
    }

    /// The work that a stored hash took; `None` for what Argon2 did not make.
    pub(crate) fn of(hash: &PasswordHash) -> Option<Self> {
        Algorithm::try_from(hash.algorithm.as_str()).ok()?;
        let params = Params::try_from(hash).ok()?;
        Some(Self {
            memory_kib: params.m_cost(),
            iterations: params.t_cost(),
            lanes: params.p_cost(),
        })
    }

    /// Whether any parameter is below those of `present`.
    pub(crate) const fn is_below(self, present: Self) -> bool {
        self.memory_kib < present.memory_kib
            || self.iterations < present.iterations
            || self.lanes < present.lanes
    }

    /// What is left to do after `done`, so that both together take about as long as the whole.
    pub(crate) fn after(self, done: Self) -> Option<Self> {
        let left = self.effort().saturating_sub(done.effort());
        let iterations = left.div_ceil(u64::from(self.memory_kib.max(1)));
        let memory_kib = u32::try_from(left.checked_div(iterations)?).ok()?;
        let iterations = u32::try_from(iterations).ok()?;
        (memory_kib >= Params::MIN_M_COST).then_some(Self {
            memory_kib,
            iterations,
            lanes: 1,
        })
    }

    /// KiB passed over, which is what the time depends on: lanes run one after another.
    pub(crate) fn effort(self) -> u64 {
        u64::from(self.memory_kib) * u64::from(self.iterations)
    }

    pub(crate) fn argon2(self) -> Argon2<'static> {
        // Cannot fail: the parameters were checked where they were made.
        let params =
            Params::new(self.memory_kib, self.iterations, self.lanes, None).unwrap_or_default();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_enough() {
        assert_eq!(HashWork::parse("m=19456,t=2,p=1"), Ok(HashWork::default()));
        for text in [
            "m=47104,t=1,p=1",
            "m=12288,t=3,p=1",
            "m=9216,t=4,p=2",
            "m=7168,t=5,p=1",
            "m=1048576,t=20,p=16",
        ] {
            assert_eq!(HashWork::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(
            HashWork::parse(" p=1, t=2,m=19456 "),
            Ok(HashWork::default())
        );
    }

    #[test]
    fn refuses_too_little_and_too_much() {
        for text in [
            "m=19455,t=2,p=1",
            "m=47103,t=1,p=1",
            "m=7167,t=20,p=1",
            "m=19456,t=2,p=0",
            "m=0,t=0,p=0",
        ] {
            assert_eq!(
                HashWork::parse(text),
                Err(HashWorkError::TooLittle),
                "{text}"
            );
        }
        for text in ["m=1048577,t=2,p=1", "m=19456,t=21,p=1", "m=19456,t=2,p=17"] {
            assert_eq!(HashWork::parse(text), Err(HashWorkError::TooMuch), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_work() {
        for text in [
            "",
            "m=19456",
            "m=19456,t=2",
            "m=19456,t=2,p=1,",
            "m=19456,t=2,p=1,x=1",
            "m=19456,m=19456,t=2",
            "m=+19456,t=2,p=1",
            "m=99999999999,t=2,p=1",
            "m=,t=2,p=1",
            "19456,2,1",
            "M=19456,t=2,p=1",
        ] {
            assert_eq!(
                HashWork::parse(text),
                Err(HashWorkError::Unreadable),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_left_makes_up_the_whole() {
        let work = |memory_kib, iterations| HashWork {
            memory_kib,
            iterations,
            lanes: 1,
        };
        let present = work(47_104, 2);
        for done in [
            work(19_456, 2),
            work(47_104, 1),
            work(7_168, 5),
            work(47_000, 2),
        ] {
            let both = present.after(done).unwrap().effort() + done.effort();
            assert!(both.abs_diff(present.effort()) < 2, "{done}");
            assert!(done.is_below(present), "{done}");
        }
        assert_eq!(present.after(present), None);
        assert_eq!(present.after(work(65_536, 3)), None);
        assert!(!work(65_536, 3).is_below(present));
    }
}
