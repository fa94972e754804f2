//! The HTTP API, with a new server for each test.

mod bookings;
mod conventions;
mod openapi;
mod walkthrough;
