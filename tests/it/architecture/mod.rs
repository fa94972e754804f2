//! The rules of ARCHITECTURE.md and docs/glossary.md that can be checked mechanically.

mod circles;
mod dependencies;
mod language;
mod layout;
mod modules;
pub mod source;
