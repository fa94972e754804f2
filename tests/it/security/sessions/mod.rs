//! Sessions and their tokens.

mod forged_tokens;
mod key_rotation;
mod refresh_tokens;
mod revocation;
