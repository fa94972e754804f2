//! Use cases of wish lists.

mod change;
mod create;
mod delete;
mod find;
mod get;
mod get_shared;
mod items;
mod list_own;
mod permission;
mod remove_property;
mod rename;
mod save_property;
mod share;
mod stop_sharing;
#[cfg(test)]
mod tests;
mod views;

pub use change::ChangeError;
pub use create::{CreateError, create};
pub use delete::delete;
pub use find::FindError;
pub use get::get;
pub use get_shared::get_shared;
pub use items::page_of;
pub use list_own::list_own;
pub use permission::permit_change;
pub use remove_property::remove_property;
pub use rename::rename;
pub use save_property::save_property;
pub use share::share;
pub use stop_sharing::stop_sharing;
pub use views::{SharedWishlist, WishlistView};
