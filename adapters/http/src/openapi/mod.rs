//! Parts that the descriptions of all operations share.

mod answers;
mod conventions;
mod directions;
mod examples;
mod finish;
mod parameters;
mod rate_limits;
mod responses;

#[cfg(test)]
mod answers_tests;
#[cfg(test)]
mod document_tests;

pub(crate) use conventions::Conventions;
pub(crate) use finish::finish;
pub(crate) use responses::ProblemResponses;
