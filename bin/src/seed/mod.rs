//! Generated data of any size, for tests and benchmarks.

mod args;
mod booking;
mod cities;
mod history;
mod property;
mod reviews;
mod rng;
mod run;
#[cfg(test)]
mod tests;
mod users;

pub use args::SeedArgs;
pub use run::{SeedError, seed};
