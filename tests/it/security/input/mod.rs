//! Hostile input: injection, mass assignment, malformed HTTP and skipped workflow steps.

mod injection;
mod malformed_http;
mod mass_assignment;
mod one_path;
mod random_requests;
mod text_fields;
mod workflow_order;
