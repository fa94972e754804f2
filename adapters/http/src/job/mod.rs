//! Background work over HTTP, for operators.

mod discard;
mod dto;
mod list;
mod operations;
mod retry;
pub mod workers_dto;

pub use operations::operations;
