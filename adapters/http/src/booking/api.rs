//! Booking operations in the OpenAPI document.

use utoipa::OpenApi;

use super::alteration::{accept as accept_change, decline as decline_change, update, withdraw};
use super::{
    accept, cancel, check_in, check_out, decline, get, list, no_show, preview_cancellation, reserve,
};

/// Booking operations.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(
        list::list_bookings,
        reserve::create_booking,
        get::get_booking,
        update::update_booking,
        accept_change::accept_alteration,
        decline_change::decline_alteration,
        withdraw::withdraw_alteration,
        accept::accept_booking,
        decline::decline_booking,
        cancel::cancel_booking,
        preview_cancellation::preview_cancellation,
        check_in::check_in,
        check_out::check_out,
        no_show::mark_no_show,
    ),
    components(schemas(list::RoleSchema)),
    tags((name = "bookings", description = "Bookings, from the hold to the check-out"))
)]
pub struct BookingApi;
