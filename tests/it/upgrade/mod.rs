//! Data of an earlier release stays readable.

mod before_one_language;
