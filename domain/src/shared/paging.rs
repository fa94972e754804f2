//! Lists in pages.

/// Which page of a list: so many rows after a position. The position is the sort key and id of the last row
/// seen, so rows that come and go do not shift it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// How many rows at most, 1–100.
    pub limit: u32,
    /// The position of the last row seen, as the page before gave it; the beginning when absent.
    pub after: Option<String>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub data: Vec<T>,
    /// Where the next page begins; absent on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The same page with each row turned into something else.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            data: self.data.into_iter().map(f).collect(),
            next: self.next,
        }
    }
}
