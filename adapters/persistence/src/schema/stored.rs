//! The values of columns, of one Rust type each.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::sql_types::{
    BigInt, Binary, Bool, Date, Double, Integer, Nullable, SingleValue, Text, Time, Timestamp,
};

use crate::columns::uuid::{UuidColumn, UuidSql};

/// The type as which values of a column are read and written.
pub(crate) trait Stored {
    type Value;
}

macro_rules! stored {
    ($($column:ty => $value:ty),+ $(,)?) => {
        $(impl Stored for $column {
            type Value = $value;
        })+
    };
}

stored! {
    BigInt => i64,
    Binary => Vec<u8>,
    Bool => bool,
    Date => NaiveDate,
    Double => f64,
    Integer => i32,
    Text => String,
    Time => NaiveTime,
    Timestamp => NaiveDateTime,
    UuidSql => UuidColumn,
}

impl<T: Stored + SingleValue> Stored for Nullable<T> {
    type Value = Option<T::Value>;
}
