//! Operations of accounts.

use super::me::{erase_me, get_me, update_me};
use super::{
    admin_get, admin_list, admin_update, erase, export, get, list, list_reviews, register,
    reinstate, suspend, update,
};
use crate::operations::{Operation, operation};

/// All operations, in the order in which their paths are searched.
pub fn operations() -> Vec<Operation> {
    vec![
        operation!(register::register),
        operation!(list::list),
        operation!(get_me::get_me),
        operation!(update_me::update_me),
        operation!(erase_me::erase_me),
        operation!(get::get),
        operation!(update::update),
        operation!(erase::erase),
        operation!(export::export),
        operation!(list_reviews::list_guest_reviews),
        operation!(admin_list::admin_list_users),
        operation!(admin_get::admin_get_user),
        operation!(admin_update::admin_update_user),
        operation!(suspend::suspend_account),
        operation!(reinstate::reinstate_account),
    ]
}
