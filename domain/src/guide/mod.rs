//! Pages for those who embed the crate.

/// The steps of embedding the crate.
#[doc = include_str!("embedding.md")]
pub mod embedding {}

/// The rules with their numbers.
#[doc = include_str!("rules.md")]
pub mod rules {}

#[cfg(test)]
mod rules_tests;
