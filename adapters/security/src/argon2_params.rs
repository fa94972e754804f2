//! Cost parameters of password hashes.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};

/// The minimum parameters of OWASP's password storage cheat sheet, as pairs of memory in KiB and passes of equal
/// strength.
const OWASP_MINIMUM: [(u32, u32); 5] = [
    (47_104, 1),
    (19_456, 2),
    (12_288, 3),
    (9_216, 4),
    (7_168, 5),
];
const MAX_MEMORY_KIB: u32 = 1_048_576;
const MAX_ITERATIONS: u32 = 20;
const MAX_LANES: u32 = 16;

/// The parameters of Argon2id. The default is 19 MiB, two passes and one lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argon2Params {
    memory_kib: u32,
    iterations: u32,
    lanes: u32,
}

/// Invalid Argon2id parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Argon2ParamsError {
    /// Not of the form `m=19456,t=2,p=1`.
    #[error("not of the form m=19456,t=2,p=1 (memory in KiB, passes, lanes)")]
    Malformed,
    /// Below the minimum of OWASP.
    #[error(
        "too weak: at least m=47104,t=1 or m=19456,t=2 or m=12288,t=3 or m=9216,t=4 or m=7168,t=5, with p=1"
    )]
    TooWeak,
    /// Too expensive for one login.
    #[error("too expensive: at most m=1048576 (1 GiB), t=20 and p=16")]
    TooExpensive,
}

impl Default for Argon2Params {
    fn default() -> Self {
        Self {
            memory_kib: 19_456,
            iterations: 2,
            lanes: 1,
        }
    }
}

impl fmt::Display for Argon2Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "m={},t={},p={}",
            self.memory_kib, self.iterations, self.lanes
        )
    }
}

impl Argon2Params {
    /// Parses parameters as PHC strings write them: `m=19456,t=2,p=1`, in any order.
    ///
    /// # Errors
    /// [`Argon2ParamsError`].
    pub fn parse(text: &str) -> Result<Self, Argon2ParamsError> {
        let parts: Vec<_> = text.split(',').collect();
        let value = |name: &str| {
            let named = parts
                .iter()
                .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
            let digits = named.filter(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
            digits
                .and_then(|value| value.parse().ok())
                .ok_or(Argon2ParamsError::Malformed)
        };
        let params = Self {
            memory_kib: value("m")?,
            iterations: value("t")?,
            lanes: value("p")?,
        };
        if parts.len() == 3 {
            params.check_bounds()
        } else {
            Err(Argon2ParamsError::Malformed)
        }
    }

    fn check_bounds(self) -> Result<Self, Argon2ParamsError> {
        let enough = |(memory, passes)| self.memory_kib >= memory && self.iterations >= passes;
        if !OWASP_MINIMUM.into_iter().any(enough) || self.lanes == 0 {
            return Err(Argon2ParamsError::TooWeak);
        }
        let affordable = self.memory_kib <= MAX_MEMORY_KIB
            && self.iterations <= MAX_ITERATIONS
            && self.lanes <= MAX_LANES;
        if affordable {
            Ok(self)
        } else {
            Err(Argon2ParamsError::TooExpensive)
        }
    }

    /// The parameters of a stored hash; `None` when it is not an Argon2 hash.
    pub(crate) fn from_hash(hash: &PasswordHash) -> Option<Self> {
        Algorithm::try_from(hash.algorithm.as_str()).ok()?;
        let params = Params::try_from(hash).ok()?;
        Some(Self {
            memory_kib: params.m_cost(),
            iterations: params.t_cost(),
            lanes: params.p_cost(),
        })
    }

    /// True when any parameter is below that of `current`.
    pub(crate) const fn is_below(self, current: Self) -> bool {
        self.memory_kib < current.memory_kib
            || self.iterations < current.iterations
            || self.lanes < current.lanes
    }

    /// Parameters whose hash takes as long as these minus `spent`; `None` when too little remains.
    pub(crate) fn remaining_after(self, spent: Self) -> Option<Self> {
        let remaining = self.cost().saturating_sub(spent.cost());
        let iterations = remaining.div_ceil(u64::from(self.memory_kib.max(1)));
        let memory_kib = u32::try_from(remaining.checked_div(iterations)?).ok()?;
        let iterations = u32::try_from(iterations).ok()?;
        (memory_kib >= Params::MIN_M_COST).then_some(Self {
            memory_kib,
            iterations,
            lanes: 1,
        })
    }

    /// Memory times passes, in KiB, which determines the time: lanes run one after another.
    pub(crate) fn cost(self) -> u64 {
        u64::from(self.memory_kib) * u64::from(self.iterations)
    }

    pub(crate) fn argon2(self) -> Argon2<'static> {
        // Cannot fail: the constructors check the parameters.
        let params =
            Params::new(self.memory_kib, self.iterations, self.lanes, None).unwrap_or_default();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_parameters_of_sufficient_strength() {
        assert_eq!(
            Argon2Params::parse("m=19456,t=2,p=1"),
            Ok(Argon2Params::default())
        );
        for text in [
            "m=47104,t=1,p=1",
            "m=12288,t=3,p=1",
            "m=9216,t=4,p=2",
            "m=7168,t=5,p=1",
            "m=1048576,t=20,p=16",
        ] {
            assert_eq!(Argon2Params::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(
            Argon2Params::parse(" p=1, t=2,m=19456 "),
            Ok(Argon2Params::default())
        );
    }

    #[test]
    fn rejects_too_weak_and_too_expensive_parameters() {
        for text in [
            "m=19455,t=2,p=1",
            "m=47103,t=1,p=1",
            "m=7167,t=20,p=1",
            "m=19456,t=2,p=0",
            "m=0,t=0,p=0",
        ] {
            assert_eq!(
                Argon2Params::parse(text),
                Err(Argon2ParamsError::TooWeak),
                "{text}"
            );
        }
        for text in ["m=1048577,t=2,p=1", "m=19456,t=21,p=1", "m=19456,t=2,p=17"] {
            assert_eq!(
                Argon2Params::parse(text),
                Err(Argon2ParamsError::TooExpensive),
                "{text}"
            );
        }
    }

    #[test]
    fn rejects_malformed_parameters() {
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
                Argon2Params::parse(text),
                Err(Argon2ParamsError::Malformed),
                "{text}"
            );
        }
    }

    #[test]
    fn spent_and_remaining_cost_add_up_to_the_current_cost() {
        let params = |memory_kib, iterations| Argon2Params {
            memory_kib,
            iterations,
            lanes: 1,
        };
        let current = params(47_104, 2);
        for spent in [
            params(19_456, 2),
            params(47_104, 1),
            params(7_168, 5),
            params(47_000, 2),
        ] {
            let both = current.remaining_after(spent).unwrap().cost() + spent.cost();
            assert!(both.abs_diff(current.cost()) < 2, "{spent}");
            assert!(spent.is_below(current), "{spent}");
        }
        assert_eq!(current.remaining_after(current), None);
        assert_eq!(current.remaining_after(params(65_536, 3)), None);
        assert!(!params(65_536, 3).is_below(current));
    }
}
