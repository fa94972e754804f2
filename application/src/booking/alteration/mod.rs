//! Altering a booking: proposing, accepting, declining and withdrawing other dates or guests.

mod accept;
mod alter;
mod decline;
mod shared;
mod withdraw;

pub use accept::accept_alteration;
pub use alter::{AlterRequest, GuestsPatch, alter};
pub use decline::decline_alteration;
pub use shared::AlterError;
pub use withdraw::withdraw_alteration;
