//! Reverting and repeating migrations of filled databases.

mod each_step;
mod reverting;
