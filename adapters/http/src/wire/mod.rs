//! JSON that many resources share: money, dates, enums, guests, public profiles, price lines, pages and merge patches.

pub mod accepted;
pub mod enums;
pub mod expansion;
pub mod location;
pub mod merge_patch;
pub mod money;
pub mod pagination;
pub mod party;
pub mod patch_schema;
pub mod price_line;
pub mod profile;
pub mod reason;
pub mod refund_curve;
pub mod stay;
pub mod timestamp;
