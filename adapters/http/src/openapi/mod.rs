//! Parts that the descriptions of all operations share.

mod conventions;
mod parameters;
mod rate_limits;
mod responses;

pub(crate) use conventions::Conventions;
pub(crate) use responses::ProblemResponses;
