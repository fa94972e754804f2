//! The operations of bookings in the OpenAPI document.

use utoipa::OpenApi;

use super::{cancel, cancellation, check_in, check_out, get, list, no_show, reserve};

/// The operations of bookings.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(
        list::list_bookings,
        reserve::create_booking,
        get::get_booking,
        cancel::cancel_booking,
        cancellation::preview_cancellation,
        check_in::check_in,
        check_out::check_out,
        no_show::mark_no_show,
    ),
    components(schemas(list::RoleWord)),
    tags((name = "bookings", description = "Stays, from the hold to the departure"))
)]
pub struct BookingApi;
