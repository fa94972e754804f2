//! A synthetic marketplace of any size, for tests and benchmarks.

mod args;
mod booking;
mod cities;
mod life;
mod people;
mod place;
mod random;
mod reviews;
mod run;
#[cfg(test)]
mod tests;

pub use args::SeedArgs;
pub use run::{SeedError, seed};
