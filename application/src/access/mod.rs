//! Authentication of the caller, permission checks and rate limits.

mod authenticate;
mod client_info;
mod owner_proof;
mod permission_error;
#[cfg(test)]
mod permission_tests;
mod permissions;
pub mod rate_limits;

pub use authenticate::{AuthenticateError, authenticate};
pub use client_info::{ClientInfo, network};
pub(crate) use owner_proof::require_owner;
pub use owner_proof::{OwnerProof, OwnerProofError};
pub use permission_error::{PermissionError, permit_admin};
pub use permissions::AdminError;
pub(crate) use permissions::{require_admin, require_not_self, require_reason};
