//! Operations of wish lists.

use super::{
    create, delete, expand, get, get_shared, list_items, list_own, remove_property, save_property,
    share, stop_sharing, update,
};
use crate::operations::{Operation, operation};

/// All operations, in the order in which their paths are searched.
pub fn operations() -> Vec<Operation> {
    vec![
        operation!(list_own::list_wishlists),
        operation!(create::create_wishlist),
        operation!(
            get_shared::get_shared_wishlist,
            schemas(expand::WishlistExpansion)
        ),
        operation!(get::get_wishlist),
        operation!(update::update_wishlist),
        operation!(delete::delete_wishlist),
        operation!(list_items::list_wishlist_items),
        operation!(save_property::save_wishlist_item),
        operation!(remove_property::delete_wishlist_item),
        operation!(share::share_wishlist),
        operation!(stop_sharing::stop_sharing_wishlist),
    ]
}
