//! Schemas as plain JSON, and schemas of codes.

mod json;
mod open_enum;
mod problem_codes;

pub(crate) use json::{
    MAX_SAFE_INTEGER, closure, collect_targets, for_each_object, is_nullable, merge_parts,
    normalise, or_null, reference, schemas, target, without_null,
};
pub(crate) use open_enum::open_enum;
pub(crate) use problem_codes::{
    FieldCodeSchema, MEMBERS, Of, PROBLEM_CODES, ProblemCode, ProblemCodeSchema,
};
