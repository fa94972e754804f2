//! Booking operations in the OpenAPI document.

use utoipa::OpenApi;

use super::{
    accept, accept_alteration, cancel, cancellation, check_in, check_out, decline,
    decline_alteration, get, list, no_show, reserve, update, withdraw_alteration,
};

/// Booking operations.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(
        list::list_bookings,
        reserve::create_booking,
        get::get_booking,
        update::update_booking,
        accept_alteration::accept_alteration,
        decline_alteration::decline_alteration,
        withdraw_alteration::withdraw_alteration,
        accept::accept_booking,
        decline::decline_booking,
        cancel::cancel_booking,
        cancellation::preview_cancellation,
        check_in::check_in,
        check_out::check_out,
        no_show::mark_no_show,
    ),
    components(schemas(list::RoleWord)),
    tags((name = "bookings", description = "Bookings, from the hold to the check-out"))
)]
pub struct BookingApi;
