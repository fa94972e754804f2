//! Alterations: changes of the dates or guests of a booking that one side proposes and the other accepts.

pub(crate) mod acceptance;
#[cfg(test)]
mod acceptance_tests;
pub(crate) mod alteration;
#[cfg(test)]
mod alteration_permission_tests;
#[cfg(test)]
mod alteration_proptests;
#[cfg(test)]
mod alteration_tests;
#[cfg(test)]
pub(crate) mod booked_stays;
pub(crate) mod check_alteration;
#[cfg(test)]
mod check_alteration_tests;
mod commands;
mod outcome;
pub(crate) mod proposals;

pub use acceptance::AcceptedBy;
pub use alteration::{Alteration, NewAlteration};
pub use check_alteration::check_alteration;
pub use proposals::TooManyProposals;
