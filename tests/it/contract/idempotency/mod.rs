//! Keyed requests: their keys and their outcomes.

mod keys;
mod outcomes;
