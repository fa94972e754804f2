//! The request that a field is resolved for: its caller, its failures, its pages and its batches.

mod batch;
mod call;
mod dependencies;
mod failure;
mod list_reads;
mod loaders;
mod paging;

pub(crate) use call::{Call, CallExt, Caller, token_missing};
pub(crate) use failure::{ApiError, ApiResult, describe, found, judged};
pub(crate) use paging::{Connection, connection, page_complexity, page_request};
