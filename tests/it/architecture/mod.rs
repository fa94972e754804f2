//! The rules of ARCHITECTURE.md and docs/glossary.md that can be checked mechanically.

mod circles;
mod dependencies;
mod language;
mod layout;
mod modules;
mod public_surface;
pub mod source;
