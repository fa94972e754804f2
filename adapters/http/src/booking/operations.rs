//! Operations of bookings.

use super::alteration::{
    accept as accept_alteration, decline as decline_alteration, preview as preview_alteration,
    update, withdraw as withdraw_alteration,
};
use super::{
    accept, admin_cancel, admin_list, cancel, check_in, check_out, decline, expand, filters, get,
    list, no_show, preview_cancellation, reserve,
};
use crate::operations::{Operation, operation};

/// All operations, in the order in which their paths are searched.
pub fn operations() -> Vec<Operation> {
    vec![
        operation!(
            list::list_bookings,
            schemas(
                list::RoleSchema,
                filters::PeriodSchema,
                filters::BookingSortSchema,
                expand::BookingExpansion
            )
        ),
        operation!(reserve::create_booking),
        operation!(get::get_booking),
        operation!(update::update_booking),
        operation!(accept_alteration::accept_alteration),
        operation!(decline_alteration::decline_alteration),
        operation!(withdraw_alteration::withdraw_alteration),
        operation!(preview_alteration::preview_alteration),
        operation!(accept::accept_booking),
        operation!(decline::decline_booking),
        operation!(cancel::cancel_booking),
        operation!(preview_cancellation::preview_cancellation),
        operation!(check_in::check_in),
        operation!(check_out::check_out),
        operation!(no_show::mark_no_show),
        operation!(admin_list::admin_list_bookings),
        operation!(admin_cancel::admin_cancel_booking),
    ]
}
