//! Routes of bookings.

use actix_web::web::{ServiceConfig, scope};

use super::{
    accept::accept_booking, accept_alteration::accept_alteration, cancel::cancel_booking,
    cancellation::preview_cancellation, check_in::check_in, check_out::check_out,
    decline::decline_booking, decline_alteration::decline_alteration, get::get_booking,
    list::list_bookings, no_show::mark_no_show, reserve::create_booking, update::update_booking,
    withdraw_alteration::withdraw_alteration,
};
use crate::routing::resource;

/// Mounts `/bookings`.
pub fn routes(cfg: &mut ServiceConfig) {
    let routes = scope("/bookings")
        .service(resource("").get(list_bookings).post(create_booking))
        .service(
            resource("/{booking_id}")
                .get(get_booking)
                .patch(update_booking),
        )
        .service(resource("/{booking_id}/alteration/accept").post(accept_alteration))
        .service(resource("/{booking_id}/alteration/decline").post(decline_alteration))
        .service(resource("/{booking_id}/alteration/withdraw").post(withdraw_alteration))
        .service(resource("/{booking_id}/accept").post(accept_booking))
        .service(resource("/{booking_id}/decline").post(decline_booking))
        .service(resource("/{booking_id}/cancel").post(cancel_booking))
        .service(resource("/{booking_id}/cancellation").get(preview_cancellation))
        .service(resource("/{booking_id}/check-in").post(check_in))
        .service(resource("/{booking_id}/check-out").post(check_out))
        .service(resource("/{booking_id}/no-show").post(mark_no_show));
    cfg.service(routes);
}
