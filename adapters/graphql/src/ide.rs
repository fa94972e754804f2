//! The editor for browsers: GraphiQL, as `adapters/graphql/ide` builds it.

/// A file of the editor.
#[derive(Debug, Clone, Copy)]
pub struct IdeFile {
    /// Its path on the server.
    pub path: &'static str,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The file, compressed by gzip.
    pub gzip: &'static [u8],
}

/// Path of the page.
pub(crate) const PAGE: &str = "/graphql/ide/index.html";

/// All files of the editor. They refer to no other server.
pub const IDE_FILES: [IdeFile; 4] = [
    IdeFile {
        path: PAGE,
        content_type: "text/html; charset=utf-8",
        gzip: include_bytes!("../ide/dist/index.html.gz"),
    },
    IdeFile {
        path: "/graphql/ide/app.js",
        content_type: "text/javascript; charset=utf-8",
        gzip: include_bytes!("../ide/dist/app.js.gz"),
    },
    IdeFile {
        path: "/graphql/ide/app.css",
        content_type: "text/css; charset=utf-8",
        gzip: include_bytes!("../ide/dist/app.css.gz"),
    },
    IdeFile {
        path: "/graphql/ide/licenses.txt",
        content_type: "text/plain; charset=utf-8",
        gzip: include_bytes!("../ide/dist/licenses.txt.gz"),
    },
];
