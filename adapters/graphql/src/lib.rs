//! The GraphQL interface of Sojourn.

mod context;
mod ide;
mod inputs;
mod interface;
mod known_tags;
mod limits;
mod mutations;
mod observer;
mod persisted;
mod queries;
mod route;
mod scalars;
mod schema;
mod state;
mod subscriptions;
mod types;
mod values;

pub use ide::{IDE_FILES, IdeFile};
pub use observer::{Executed, Observer, Outcome};
pub use schema::sdl;
pub use state::{Graphql, PATH};
