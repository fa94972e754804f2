//! Limits of documents, checked before they are validated.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;

use async_graphql::Name;
use async_graphql::parser::types::{
    Directive, DocumentOperations, ExecutableDocument, Field, OperationDefinition, OperationType,
    Selection, SelectionSet,
};
use async_graphql::{Positioned, Value};
use sojourn_application::{Failure, FailureKind};

use crate::context::{ApiError, ApiResult};
use crate::values::check_value;

/// Maximum length of a document, in bytes.
pub(crate) const MAX_DOCUMENT: usize = 32 * 1024;

/// Maximum number of names, literals and punctuators of a document.
const MAX_TOKENS: usize = 3_000;

/// Maximum number of aliases of a document.
const MAX_ALIASES: usize = 30;

/// Maximum number of directives of a document.
const MAX_DIRECTIVES: usize = 30;

/// Maximum number of fields of an operation with its fragments expanded.
const MAX_FIELDS: usize = 2_000;

/// The operation of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Operation {
    /// Query, mutation or subscription.
    pub(crate) kind: OperationType,
    /// Names of its fields at the top.
    pub(crate) fields: Vec<String>,
}

impl Operation {
    /// True if it asks about the schema and nothing else.
    pub(crate) fn is_introspection(&self) -> bool {
        let about_schema = |name: &String| name.starts_with("__");
        self.kind == OperationType::Query && self.fields.iter().all(about_schema)
    }
}

fn refused(code: &'static str, detail: impl Into<String>) -> ApiError {
    ApiError::new(Failure::new(FailureKind::Invalid, code, detail.into()))
}

/// Checks the length of a document, and the number of its tokens.
///
/// # Errors
/// `query_too_long`.
pub(crate) fn check_length(document: &str) -> ApiResult<()> {
    if document.len() > MAX_DOCUMENT {
        let detail = format!("The query exceeds the limit of {MAX_DOCUMENT} bytes.");
        return Err(refused("query_too_long", detail));
    }
    if count_tokens(document) > MAX_TOKENS {
        let detail = format!("The query exceeds the limit of {MAX_TOKENS} tokens.");
        return Err(refused("query_too_long", detail));
    }
    Ok(())
}

/// Number of tokens: words, strings and punctuators, without comments and blanks.
fn count_tokens(document: &str) -> usize {
    let bytes = document.as_bytes();
    let (mut at, mut count) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let length = match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                let end = bytes[at..].iter().position(|&it| it == b'\n');
                at = end.map_or(bytes.len(), |length| at + length);
                continue;
            }
            b'"' => string_length(&bytes[at..]),
            _ if is_word(&byte) => bytes[at..].iter().take_while(|it| is_word(it)).count(),
            _ => 1,
        };
        at += length;
        count += 1;
    }
    count
}

/// Length of a string with its quotes.
fn string_length(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"\"\"\"") {
        let end = bytes[3..].windows(3).position(|it| it == b"\"\"\"");
        return end.map_or(bytes.len(), |length| length + 6);
    }
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'\\' => 2,
            b'"' | b'\n' => return at + 1,
            _ => 1,
        };
    }
    bytes.len()
}

/// The operation of a parsed document, within all limits.
///
/// # Errors
/// `operation_unknown`, `query_too_complex`, a subscription to several fields, U+0000 in a text, or a list that is too
/// long.
pub(crate) fn inspect(document: &ExecutableDocument, name: Option<&str>) -> ApiResult<Operation> {
    let mut counts = Counts::default();
    let fragments = document.fragments.values();
    let operations = document.operations.iter().map(|(_, it)| &it.node);
    for directives in fragments.clone().map(|it| &it.node.directives) {
        counts.directives(directives);
    }
    for operation in operations {
        counts.directives(&operation.directives);
        counts.selections(&operation.selection_set.node);
    }
    for fragment in fragments {
        counts.selections(&fragment.node.selection_set.node);
    }
    counts.check()?;
    let operation = select(document, name)?;
    let mut expansion = Expansion {
        document,
        known: HashMap::new(),
        open: HashSet::new(),
    };
    let fields = expansion.fields(&operation.selection_set.node)?;
    if fields > MAX_FIELDS {
        let detail = format!("The query exceeds the limit of {MAX_FIELDS} fields.");
        return Err(refused("query_too_complex", detail));
    }
    let mut names = Vec::new();
    top_fields(document, &operation.selection_set.node, &mut names);
    let is_single = matches!(names.as_slice(), [name] if !name.starts_with("__"));
    if operation.ty == OperationType::Subscription && !is_single {
        let detail = "A subscription must have one field at the top.";
        return Err(refused("query_invalid", detail));
    }
    Ok(Operation {
        kind: operation.ty,
        fields: names,
    })
}

/// The operation of this name, or the only one.
///
/// # Errors
/// `operation_unknown`.
pub(crate) fn select<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> ApiResult<&'a OperationDefinition> {
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Multiple(all), None) if all.len() == 1 => all.values().next(),
        (DocumentOperations::Multiple(all), Some(name)) => all.get(name),
        _ => None,
    };
    found.map(|it| &it.node).ok_or_else(|| {
        let detail =
            "The document has no such operation. `operationName` must name one of several.";
        refused("operation_unknown", detail)
    })
}

/// Names of the fields at the top of an operation without circles of fragments.
fn top_fields(document: &ExecutableDocument, set: &SelectionSet, names: &mut Vec<String>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => names.push(field.node.name.node.to_string()),
            Selection::InlineFragment(inline) => {
                top_fields(document, &inline.node.selection_set.node, names);
            }
            Selection::FragmentSpread(spread) => {
                let fragment = document.fragments.get(&spread.node.fragment_name.node);
                if let Some(fragment) = fragment.filter(|_| names.len() <= MAX_FIELDS) {
                    top_fields(document, &fragment.node.selection_set.node, names);
                }
            }
        }
    }
}

/// Counts of the parts of a document, each as often as it is written.
#[derive(Default)]
struct Counts {
    aliases: usize,
    directives: usize,
    /// The first failure of a value.
    failure: Option<ApiError>,
}

impl Counts {
    fn selections(&mut self, set: &SelectionSet) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => self.field(&field.node),
                Selection::InlineFragment(inline) => {
                    self.directives(&inline.node.directives);
                    self.selections(&inline.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => self.directives(&spread.node.directives),
            }
        }
    }

    fn field(&mut self, field: &Field) {
        self.aliases += usize::from(field.alias.is_some());
        self.directives(&field.directives);
        for (_, value) in &field.arguments {
            let value = value.node.clone();
            let value = value.into_const_with(|_| Ok::<_, Infallible>(Value::Null));
            let Ok(value) = value;
            if let Err(failure) = check_value("/query", &value) {
                self.failure.get_or_insert(failure);
            }
        }
        self.selections(&field.selection_set.node);
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) {
        self.directives += directives.len();
    }

    fn check(self) -> ApiResult<()> {
        if self.aliases > MAX_ALIASES {
            let detail = format!("The query exceeds the limit of {MAX_ALIASES} aliases.");
            return Err(refused("query_too_complex", detail));
        }
        if self.directives > MAX_DIRECTIVES {
            let detail = format!("The query exceeds the limit of {MAX_DIRECTIVES} directives.");
            return Err(refused("query_too_complex", detail));
        }
        self.failure.map_or(Ok(()), Err)
    }
}

/// The number of fields with all fragments expanded.
struct Expansion<'a> {
    document: &'a ExecutableDocument,
    known: HashMap<&'a Name, usize>,
    open: HashSet<&'a Name>,
}

impl<'a> Expansion<'a> {
    fn fields(&mut self, set: &'a SelectionSet) -> ApiResult<usize> {
        let mut count = 0_usize;
        for selection in &set.items {
            let more = match &selection.node {
                Selection::Field(field) => 1 + self.fields(&field.node.selection_set.node)?,
                Selection::InlineFragment(inline) => {
                    self.fields(&inline.node.selection_set.node)?
                }
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node)?
                }
            };
            count = count.saturating_add(more);
        }
        Ok(count)
    }

    fn fragment(&mut self, name: &'a Name) -> ApiResult<usize> {
        if let Some(count) = self.known.get(name) {
            return Ok(*count);
        }
        let Some(fragment) = self.document.fragments.get(name) else {
            return Ok(0);
        };
        if !self.open.insert(name) {
            let detail = "The fragments of the query contain themselves.";
            return Err(refused("query_too_complex", detail));
        }
        let count = self.fields(&fragment.node.selection_set.node)?;
        self.open.remove(name);
        self.known.insert(name, count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn inspected(document: &str) -> Result<Operation, String> {
        check_length(document).map_err(|it| it.0.code.into_owned())?;
        let parsed = parse_query(document).unwrap();
        inspect(&parsed, None).map_err(|failure| failure.0.code.into_owned())
    }

    #[test]
    fn tokens_are_words_strings_and_punctuators() {
        for (text, count) in [
            ("", 0),
            ("{ a b }", 4),
            ("{a(b:\"c \\\" d\",e:-1.5)} # f g", 14),
            ("\"\"\"a \" b\"\"\" c", 2),
            ("\"open", 1),
            ("\"\"", 1),
        ] {
            assert_eq!(count_tokens(text), count, "{text}");
        }
    }

    #[test]
    fn attacks_are_refused() {
        let many = |part: &str, count: usize| format!("{{ {} }}", part.repeat(count));
        let aliases: String = (0..31).map(|n| format!("a{n}: me {{ id }} ")).collect();
        let bomb: String = (0..30)
            .map(|n| format!("fragment f{n} on Query {{ ...f{0} ...f{0} }}", n + 1))
            .collect();
        let cases = [
            (many("me ", 3_000), "query_too_long"),
            ("#".repeat(40_000), "query_too_long"),
            (format!("{{ {aliases} }}"), "query_too_complex"),
            (many("me @skip(if: false) ", 31), "query_too_complex"),
            (
                format!("{{ ...f0 }} {bomb} fragment f30 on Query {{ me }}"),
                "query_too_complex",
            ),
            (
                "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }".into(),
                "query_too_complex",
            ),
            ("query A { me } query B { me }".into(), "operation_unknown"),
            (
                r#"{ user(id: "\u0000") { id } }"#.into(),
                "validation_failed",
            ),
            (
                format!(
                    "{{ properties(search: {{amenities: [{}]}}) }}",
                    "1,".repeat(201)
                ),
                "validation_failed",
            ),
        ];
        for (document, code) in cases {
            assert_eq!(inspected(&document), Err(code.to_owned()), "{document:.60}");
        }
    }

    #[test]
    fn an_operation_has_the_fields_of_its_fragments() {
        let document = "mutation { a ... { b } ...c } fragment c on Mutation { d }";
        let found = inspected(document).unwrap();
        assert_eq!(found.kind, OperationType::Mutation);
        assert_eq!(found.fields, ["a", "b", "d"]);
        assert!(!found.is_introspection());
        assert!(
            inspected("{ __schema { types { name } } }")
                .unwrap()
                .is_introspection()
        );
    }
}
