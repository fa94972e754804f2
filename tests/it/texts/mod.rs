//! Texts that people read, as snapshots.

mod help;
mod mails;
mod problems;
