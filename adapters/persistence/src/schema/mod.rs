//! The tables.

/// Declares a table by the types of its columns, and the row as which it is copied to another database.
macro_rules! table {
    ($name:ident ($($key:ident),+) { $($column:ident -> $type:ident $(<$inner:ident>)?,)+ }) => {
        diesel::table! {
            use crate::schema::types::*;

            $name ($($key),+) { $($column -> $type $(<$inner>)?,)+ }
        }

        const _: () = {
            #[derive(Debug, diesel::Queryable, diesel::Insertable)]
            #[diesel(table_name = $name, treat_none_as_default_value = false)]
            struct Row {
                $($column: <$crate::schema::types::$type $(<$crate::schema::types::$inner>)?
                    as $crate::schema::stored::Stored>::Value,)+
            }

            $crate::schema::copied_table::copied_table!($name, Row);
        };
    };
}

pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod checksum;
pub(crate) mod copied_table;
pub(crate) mod jobs;
pub(crate) mod marketplace;
pub(crate) mod money;
pub(crate) mod stored;
pub(crate) mod types;
