//! What handlers take out of a request.

mod actor;
mod body;
mod decode;
mod id;
mod if_match;
mod params;
mod strict;
mod target;

pub(crate) use actor::identify;
pub use actor::{Authenticated, MaybeActor};
pub(crate) use body::{BODY_LIMIT, read};
pub use body::{Body, MaybeBody};
pub(crate) use decode::decode_all;
pub use id::Id;
pub use if_match::IfMatch;
pub(crate) use if_match::NAME as IF_MATCH;
pub use params::Params;
pub use target::{PathName, Target};
