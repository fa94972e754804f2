//! The API as its clients meet it, on a server of its own for each test.

mod bookings;
mod conventions;
mod openapi;
mod walkthrough;
