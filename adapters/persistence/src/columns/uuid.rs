//! UUID columns: `UUID` on PostgreSQL, 16 bytes on SQLite and MySQL.

use std::io::Write;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{Binary, HasSqlType, SqlType};
use diesel::sqlite::Sqlite;
use uuid::Uuid;

use crate::engine::connection::MultiBackend;

/// The SQL type of the column.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(
    postgres_type(oid = 2950, array_oid = 2951),
    sqlite_type(name = "Binary")
)]
#[cfg_attr(feature = "mysql", diesel(mysql_type(name = "Blob")))]
pub struct UuidSql;

/// A value of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = UuidSql)]
pub struct UuidColumn(pub Uuid);

impl HasSqlType<UuidSql> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<UuidSql>(lookup)
    }
}

impl ToSql<UuidSql, MultiBackend> for UuidColumn {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((UuidSql, self));
        Ok(IsNull::No)
    }
}

impl FromSql<UuidSql, MultiBackend> for UuidColumn {
    fn from_sql(value: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, UuidSql>()
    }
}

impl ToSql<UuidSql, Pg> for UuidColumn {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.0.as_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<UuidSql, Pg> for UuidColumn {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Uuid::from_slice(value.as_bytes())?))
    }
}

impl ToSql<UuidSql, Sqlite> for UuidColumn {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_bytes().as_slice());
        Ok(IsNull::No)
    }
}

impl FromSql<UuidSql, Sqlite> for UuidColumn {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?;
        Ok(Self(Uuid::from_slice(&bytes)?))
    }
}

#[cfg(feature = "mysql")]
impl ToSql<UuidSql, diesel::mysql::Mysql> for UuidColumn {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, diesel::mysql::Mysql>) -> serialize::Result {
        out.write_all(self.0.as_bytes())?;
        Ok(IsNull::No)
    }
}

#[cfg(feature = "mysql")]
impl FromSql<UuidSql, diesel::mysql::Mysql> for UuidColumn {
    fn from_sql(value: diesel::mysql::MysqlValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Uuid::from_slice(value.as_bytes())?))
    }
}

macro_rules! ids {
    ($($id:ident),+) => {$(
        impl From<sojourn_domain::shared::$id> for UuidColumn {
            fn from(id: sojourn_domain::shared::$id) -> Self {
                Self(id.uuid())
            }
        }

        impl From<UuidColumn> for sojourn_domain::shared::$id {
            fn from(column: UuidColumn) -> Self {
                Self::new(column.0)
            }
        }
    )+};
}

ids!(
    UserId,
    PropertyId,
    BookingId,
    PaymentId,
    PaymentEntryId,
    PayoutId,
    ReviewId,
    SessionId,
    JobId,
    WishlistId
);
