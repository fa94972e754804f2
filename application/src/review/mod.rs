//! Use cases of reviews.

mod delete;
mod edit;
mod failures;
mod first_of_properties;
mod get;
mod list_all;
mod list_for_property;
mod list_of_guest;
mod list_own;
mod own_of_bookings;
mod permission;
mod rating_details;
mod respond;
mod views;
mod write;

pub use delete::{DeleteError, delete};
pub use edit::{EditError, edit};
pub use first_of_properties::first_of_properties;
pub use get::{GetError, get};
pub use list_all::list_all;
pub use list_for_property::{ListForPropertyError, list_for_property};
pub use list_of_guest::list_of_guest;
pub use list_own::list_own;
pub use own_of_bookings::own_of_bookings;
pub use permission::{permit_deletion, permit_edit, permit_response};
pub use rating_details::rating_details;
pub use respond::{RespondError, respond};
pub use views::ReviewView;
pub use write::{WriteError, WriteReview, write};
