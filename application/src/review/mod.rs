//! Use cases of reviews.

mod delete;
mod edit;
mod get;
mod mine;
mod of_property;
mod respond;
mod write;

pub use delete::{DeleteError, delete};
pub use edit::{EditError, edit};
pub use get::{GetError, ReviewView, get};
pub use mine::mine;
pub use of_property::{OfPropertyError, of_property};
pub use respond::{RespondError, respond};
pub use write::{WriteError, WriteReview, write};
