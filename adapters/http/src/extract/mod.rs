//! Extractors of handlers.

mod actor;
mod body;
mod bounds;
mod client;
mod decode;
mod id;
mod if_match;
mod merged_violations;
mod messages;
mod nul;
mod null;
mod params;
mod resource_command;
mod strict_deserializer;
mod unique_keys;

pub use actor::{Authenticated, MaybeActor};
pub(crate) use actor::{authenticate_request, claims};
pub use body::{Body, MaybeBody};
pub(crate) use body::{UnknownParameters, read};
pub(crate) use client::address;
pub use client::{Client, client_info};
pub(crate) use decode::decode_all;
pub use id::{Id, SecondId};
pub use if_match::IfMatch;
pub(crate) use if_match::NAME as IF_MATCH;
pub(crate) use merged_violations::merge_violations;
pub use params::Params;
pub use resource_command::{PathName, ResourceCommand};
