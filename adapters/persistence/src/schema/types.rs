//! The types of columns.

pub(crate) use diesel::sql_types::{
    BigInt, Binary, Bool, Date, Double, Integer, Nullable, Text, Time, Timestamp,
};

pub(crate) use crate::columns::uuid::UuidSql;
