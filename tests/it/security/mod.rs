//! Security: authentication, disclosure, input handling, limits and the audit log. SECURITY.md names these tests.

mod accounts;
mod audit;
mod disclosure;
mod input;
mod limits;
mod security_md;
mod sessions;
pub mod support;
