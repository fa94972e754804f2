//! The HTTP API, with a new server for each test.

mod alterations;
mod bookings;
mod calendar_ranges;
mod conventions;
mod cursors;
mod deletion;
mod documented_inputs;
mod entity_tags;
mod form_errors;
mod front_page;
mod input_rules;
pub mod listings;
mod openapi;
mod places;
mod round_trips;
mod search;
mod search_discounts;
mod walkthrough;
mod wishlists;
