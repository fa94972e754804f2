//! The HTTP API, with a new server for each test.

mod alterations;
mod bookings;
mod conventions;
mod entity_tags;
mod input_rules;
mod openapi;
mod walkthrough;
