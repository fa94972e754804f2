//! Availability of a stay, and the nights that a booking claims.

#[cfg(test)]
mod availability_boundary_tests;
pub(crate) mod availability_error;
#[cfg(test)]
mod availability_tests;
pub(crate) mod check_availability;
mod night_claims;

pub use availability_error::{Unavailable, UnavailableReason};
pub use check_availability::check_availability;
