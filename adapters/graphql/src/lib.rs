//! The GraphQL interface of Sojourn.

mod context;
mod ide;
mod inputs;
mod interface;
mod limits;
mod mutations;
mod persisted;
mod queries;
mod route;
mod scalars;
mod schema;
mod state;
mod types;

pub use ide::{IDE_FILES, IdeFile};
pub use schema::sdl;
pub use state::{Graphql, PATH};
