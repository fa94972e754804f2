//! Files that cannot be meant, and the numbers of lines.

use std::path::{Path, PathBuf};

use super::csv_file::CsvFile;
use super::file_kind::FileKind;
use super::source_file::check_encoding;
use crate::import::{ImportError, WrongFile};

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("sojourn-import-files-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), bytes).unwrap();
    folder.join(name)
}

/// The reason for which a file is refused.
fn refusal(name: &str, kind: FileKind, bytes: &[u8]) -> Option<WrongFile> {
    let path = file(name, bytes);
    let opened = CsvFile::open(&path, kind, |file| Box::new(file));
    match opened.map(|_| ()).and_then(|()| check_encoding(&path)) {
        Ok(()) => None,
        Err(ImportError::WrongFile { problem, .. }) => Some(problem),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn other_separators_are_named() {
    let listings =
        |separator: &str| ["id", "name", "host_id", "latitude", "longitude"].join(separator);
    for (separator, named) in [(";", "semicolons"), ("\t", "tabs"), ("|", "bars (|)")] {
        let header = format!("{}\n", listings(separator));
        let found = refusal("separator.csv", FileKind::Listings, header.as_bytes());
        assert_eq!(found, Some(WrongFile::Separator(named)));
        let quoted = format!("\"id\"{separator}\"host, id\"{separator}\"latitude\"\r\n");
        let found = refusal("separator.csv", FileKind::Listings, quoted.as_bytes());
        assert_eq!(found, Some(WrongFile::Separator(named)));
    }
    let excel = refusal(
        "excel.csv",
        FileKind::Calendar,
        b"sep=;\r\nlisting_id;date\r\n",
    );
    assert_eq!(excel, Some(WrongFile::Separator("semicolons")));
    let plain = listings(",");
    assert_eq!(
        refusal("plain.csv", FileKind::Listings, plain.as_bytes()),
        None
    );
}

#[test]
fn files_of_another_kind_are_named() {
    let summary =
        b"id,name,host_id,neighbourhood_group,neighbourhood,latitude,longitude,room_type,price\n";
    let reviews = b"listing_id,id,date,reviewer_id,reviewer_name,comments\n";
    let calendar = b"listing_id,date,available,price\n";
    assert_eq!(
        refusal("kind.csv", FileKind::Listings, summary),
        Some(WrongFile::ListingsSummary)
    );
    assert_eq!(
        refusal(
            "kind.csv",
            FileKind::Reviews,
            b"listing_id,date\n1,2026-01-01\n"
        ),
        Some(WrongFile::ReviewsSummary)
    );
    for (kind, bytes, found) in [
        (FileKind::Calendar, reviews.as_slice(), "reviews"),
        (FileKind::Reviews, calendar.as_slice(), "the calendar"),
        (FileKind::Listings, calendar.as_slice(), "the calendar"),
        (
            FileKind::Calendar,
            summary.as_slice(),
            "listings (the summary)",
        ),
        (
            FileKind::Listings,
            b"neighbourhood_group,neighbourhood\n",
            "neighbourhoods",
        ),
    ] {
        let refused = refusal("kind.csv", kind, bytes);
        let Some(WrongFile::OtherKind { found: named, .. }) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(named, found);
    }
    assert_eq!(
        refusal("kind.csv", FileKind::Listings, b"id,name\n1,a\n"),
        Some(WrongFile::Column("host_id"))
    );
}

#[test]
fn other_encodings_and_formats_are_named() {
    let refused = |bytes: &[u8]| refusal("format.csv", FileKind::Calendar, bytes);
    let text = "listing_id,date,available\n1,2026-05-01,t\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refused(&utf16), Some(WrongFile::Utf16));
    assert_eq!(
        refused(&[b"\xff\xfe".as_slice(), &utf16].concat()),
        Some(WrongFile::Utf16)
    );
    assert_eq!(refused(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), None);
    let latin = [text.as_bytes(), b"Caf\xe9,Stra\xdfe,\n".as_slice()].concat();
    assert_eq!(refused(&latin), Some(WrongFile::NotUtf8));
    let damaged = [text.as_bytes(), "Café Straße".as_bytes(), b"\xe9,,\n"].concat();
    assert_eq!(refused(&damaged), None);
    assert_eq!(refused(b"PK\x03\x04rest"), Some(WrongFile::Archive));
    assert_eq!(refused(b"<!DOCTYPE html>"), Some(WrongFile::WebPage));
    assert_eq!(
        refused(b"{\"type\": \"FeatureCollection\"}"),
        Some(WrongFile::Json)
    );
    assert_eq!(refused(b"\xef\xbb\xbf\r\n"), Some(WrongFile::Empty));
}

#[test]
fn long_files_in_utf_8_are_accepted() {
    let header = "listing_id,date,available\n";
    for shift in 0..4 {
        let text = format!("{header}{}{}", "x".repeat(shift), "é🏠".repeat(40_000));
        assert_eq!(
            refusal("long.csv", FileKind::Calendar, text.as_bytes()),
            None
        );
    }
}

fn lines(path: &Path) -> Vec<(String, u64)> {
    let mut file = CsvFile::open(path, FileKind::Calendar, |file| Box::new(file)).unwrap();
    let mut found = Vec::new();
    while let Some(row) = file.next().unwrap() {
        match row {
            Ok(row) => found.push((row.get("listing_id").to_owned(), row.line)),
            Err(bad) => found.push(("bad".to_owned(), bad.line)),
        }
    }
    found
}

#[test]
fn a_row_is_named_by_the_line_on_which_it_begins() {
    let text = "listing_id,date,available\na,1,t\nb,\"two\nlines\",t\nc,1\n\n\nd,1,t\ne,\"x\n\n\",t\nf,1,t";
    let expected: Vec<_> = [
        ("a", 2),
        ("b", 3),
        ("bad", 5),
        ("d", 8),
        ("e", 9),
        ("f", 12),
    ]
    .map(|(id, line)| (id.to_owned(), line))
    .into();
    for (name, line_end) in [("lf.csv", "\n"), ("crlf.csv", "\r\n"), ("cr.csv", "\r")] {
        let text = text.replace('\n', line_end);
        assert_eq!(lines(&file(name, text.as_bytes())), expected, "{name}");
    }
    let many = format!("{}\r\n", "1,2026-05-01,t\r\n".repeat(20_000));
    let many = format!("listing_id,date,available\r\n{many}z,1,t\r\n");
    let found = lines(&file("many.csv", many.as_bytes()));
    assert_eq!(found.last(), Some(&("z".to_owned(), 20_003)));
}
