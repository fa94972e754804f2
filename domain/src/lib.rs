//! The rules of a vacation-rental marketplace: availability, prices, refunds and the life of a booking.
