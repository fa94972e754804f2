//! A deterministic random number generator.

/// SplitMix64. Source: Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014.
#[derive(Debug, Clone)]
pub(super) struct Rng(u64);

impl Rng {
    /// A generator for one stream of a seed, independent of other streams.
    pub fn new(seed: u64, stream: &str) -> Self {
        let mut state = Self(seed);
        for byte in stream.bytes() {
            state.0 = state.next() ^ u64::from(byte);
        }
        state
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both inclusive.
    pub fn within(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high.saturating_sub(low)) + 1;
        low + u32::try_from(self.next() % span).unwrap_or(0)
    }

    /// True in `percent` of a hundred cases.
    pub fn percent_chance(&mut self, percent: u32) -> bool {
        self.within(0, 99) < percent
    }

    /// A random item; the default value for an empty list.
    pub fn pick<T: Copy + Default>(&mut self, of: &[T]) -> T {
        let last = u32::try_from(of.len().saturating_sub(1)).unwrap_or(0);
        of.get(self.within(0, last) as usize)
            .copied()
            .unwrap_or_default()
    }

    /// A code of `length` unambiguous characters.
    pub fn code(&mut self, length: usize) -> String {
        const LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
        (0..length)
            .map(|_| char::from(self.pick(LETTERS)))
            .collect()
    }
}
