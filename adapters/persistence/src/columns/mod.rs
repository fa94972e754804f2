//! Values as columns: conversions between the types of the domain and those of the databases.

pub(crate) mod address;
pub(crate) mod count;
pub(crate) mod enums;
pub(crate) mod hash;
pub(crate) mod json;
pub(crate) mod money;
pub(crate) mod search_form;
pub(crate) mod text;
pub(crate) mod timestamp;
pub(crate) mod uuid;
