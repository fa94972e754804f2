//! Rights of operators.

pub(crate) mod rights;
