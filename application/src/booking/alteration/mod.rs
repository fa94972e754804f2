//! Altering a booking: proposing, accepting, declining and withdrawing other dates or guests.

mod accept;
mod alter;
mod decline;
mod plan;
mod preview;
mod request;
mod shared;
mod withdraw;

pub use accept::accept_alteration;
pub use alter::alter;
pub use decline::decline_alteration;
pub use preview::{AlterationPreview, preview_alteration};
pub use request::{AlterRequest, GuestsPatch};
pub use shared::AlterError;
pub use withdraw::withdraw_alteration;
