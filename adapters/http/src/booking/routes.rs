//! Routes of bookings.

use actix_web::web::{ServiceConfig, scope};

use super::{
    accept::accept_booking, alteration::accept::accept_alteration,
    alteration::decline::decline_alteration, alteration::update::update_booking,
    alteration::withdraw::withdraw_alteration, cancel::cancel_booking, check_in::check_in,
    check_out::check_out, decline::decline_booking, get::get_booking, list::list_bookings,
    no_show::mark_no_show, preview_cancellation::preview_cancellation, reserve::create_booking,
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
