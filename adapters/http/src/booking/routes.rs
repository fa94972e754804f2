//! Where the handlers of bookings are reached.

use actix_web::web::ServiceConfig;

use super::{
    cancel::cancel_booking, cancellation::preview_cancellation, check_in::check_in, check_out::check_out,
    get::get_booking, list::list_bookings, no_show::mark_no_show, reserve::create_booking,
};
use crate::routing::resource;

/// Mounts `/bookings`.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/bookings").get(list_bookings).post(create_booking))
        .service(resource("/bookings/{booking_id}").get(get_booking))
        .service(resource("/bookings/{booking_id}/cancel").post(cancel_booking))
        .service(resource("/bookings/{booking_id}/cancellation").get(preview_cancellation))
        .service(resource("/bookings/{booking_id}/check-in").post(check_in))
        .service(resource("/bookings/{booking_id}/check-out").post(check_out))
        .service(resource("/bookings/{booking_id}/no-show").post(mark_no_show));
}
