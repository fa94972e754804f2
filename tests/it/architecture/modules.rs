//! The modules of a crate and the files that their `use` declarations refer to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::source::{Source, code, sources};

/// A use of one file by another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    pub from: String,
    pub to: String,
    /// The path as it is written, without braces.
    pub path: String,
}

type Path = Vec<String>;

/// A module without its test code.
struct Module {
    path: Path,
    file: String,
    uses: Vec<Path>,
    /// Absolute paths of the items that the module re-exports, by name.
    exports: HashMap<String, Path>,
}

/// The modules of a crate, without tests.
pub struct Modules {
    modules: BTreeMap<Path, Module>,
}

impl Modules {
    /// Reads the modules below the `src` folder of a crate.
    pub fn of_crate(folder: &str) -> Self {
        let src = format!("{folder}/src/");
        let sources = sources(folder);
        let in_src = sources.iter().filter(|it| it.path.starts_with(&src));
        let parsed: Vec<_> = in_src
            .map(|source| (module_path(&source.path[src.len()..]), source))
            .collect();
        let names: BTreeSet<Path> = parsed.iter().map(|(path, _)| path.clone()).collect();
        let mut tests = BTreeSet::new();
        let mut modules = BTreeMap::new();
        for (path, source) in parsed {
            let (text, test_modules) = without_tests(&code(&source.text));
            tests.extend(test_modules.iter().map(|name| child(&path, name)));
            let module = Module::parse(path.clone(), source, &text, &names);
            modules.insert(path, module);
        }
        modules.retain(|path, _| !tests.iter().any(|test| path.starts_with(test)));
        Self { modules }
    }

    /// Every use of a file of the crate by another one. Re-exports are followed to the file of the item and are no use
    /// themselves.
    pub fn uses(&self) -> BTreeSet<Use> {
        let mut found = BTreeSet::new();
        for module in self.modules.values() {
            for path in &module.uses {
                let to = self.file_of(path, 16);
                if to != module.file {
                    found.insert(Use {
                        from: module.file.clone(),
                        to: to.to_owned(),
                        path: format!("crate::{}", path.join("::")),
                    });
                }
            }
        }
        found
    }

    fn file_of(&self, path: &[String], depth: usize) -> &str {
        let mut module = &self.modules[&Vec::new()];
        for (at, name) in path.iter().enumerate() {
            let inner = self.modules.get(&path[..=at]);
            let export = module.exports.get(name);
            let is_last = at + 1 == path.len();
            if let Some(target) = export.filter(|_| depth > 0 && (is_last || inner.is_none())) {
                let target = [target, &path[at + 1..]].concat();
                return self.file_of(&target, depth - 1);
            }
            match inner {
                Some(inner) => module = inner,
                None => break,
            }
        }
        &module.file
    }
}

impl Module {
    fn parse(path: Path, source: &Source, text: &str, names: &BTreeSet<Path>) -> Self {
        let mut uses = Vec::new();
        let mut exports = HashMap::new();
        for (public, tree) in declarations(text) {
            for (segments, alias) in leaves(&tree) {
                let Some(target) = absolute(&path, &segments, names) else {
                    continue;
                };
                match (public, alias.or_else(|| target.last().cloned())) {
                    (true, Some(name)) => {
                        exports.insert(name, target);
                    }
                    _ => uses.push(target),
                }
            }
        }
        uses.extend(inline_paths(text));
        Self {
            path,
            file: source.path.clone(),
            uses,
            exports,
        }
        .sorted()
    }

    fn sorted(mut self) -> Self {
        self.uses.sort();
        self.uses.dedup();
        debug_assert!(!self.path.contains(&String::new()));
        self
    }
}

fn child(path: &[String], name: &str) -> Path {
    [path, &[name.to_owned()]].concat()
}

/// The module path of a file relative to `src`.
fn module_path(file: &str) -> Path {
    let path = file.trim_end_matches(".rs");
    let mut path: Path = path.split('/').map(str::to_owned).collect();
    if matches!(
        path.last().map(String::as_str),
        Some("mod" | "lib" | "main")
    ) {
        path.pop();
    }
    path
}

/// Code without inline test modules, and the names of the test modules in files of their own.
fn without_tests(code: &str) -> (String, Vec<String>) {
    let mut kept = String::new();
    let mut tests = Vec::new();
    let mut is_test = false;
    let mut end = None;
    for line in code.lines() {
        let trimmed = line.trim();
        if let Some(closing) = &end {
            if line == closing {
                end = None;
            }
            continue;
        }
        if is_test_attribute(trimmed) {
            is_test = true;
            continue;
        }
        if is_test && !trimmed.starts_with('#') && !trimmed.is_empty() {
            is_test = false;
            let indent = &line[..line.len() - line.trim_start().len()];
            if let Some(name) = module_name(trimmed) {
                tests.push(name.to_owned());
            } else if trimmed.ends_with('{') {
                end = Some(format!("{indent}}}"));
            }
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    (kept, tests)
}

/// The name in `mod name;`.
fn module_name(line: &str) -> Option<&str> {
    line.strip_suffix(';')?.split_once("mod ").map(|it| it.1)
}

fn is_test_attribute(line: &str) -> bool {
    line == "#[test]" || line.starts_with("#[cfg(") && line.contains("test")
}

/// The trees of all `use` declarations, each with whether it is a re-export.
fn declarations(text: &str) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in text.lines() {
        let line = line.trim();
        let start = line.strip_prefix("use ").map(|rest| (false, rest));
        let public = || Some((true, line.strip_prefix("pub")?.split_once("use ")?.1));
        match (&mut open, start.or_else(public)) {
            (Some((_, tree)), _) => tree.push_str(line),
            (None, Some((public, rest))) => open = Some((public, rest.to_owned())),
            (None, None) => {}
        }
        if open.as_ref().is_some_and(|(_, tree)| tree.contains(';')) {
            let (public, tree) = open.take().unwrap();
            found.push((public, tree.split(';').next().unwrap().to_owned()));
        }
    }
    found
}

/// The paths of a use tree, each with its alias. Globs end with their module.
fn leaves(tree: &str) -> Vec<(Path, Option<String>)> {
    let Some((prefix, inner)) = tree.split_once('{') else {
        let (path, alias) = match tree.split_once(" as ") {
            Some((path, alias)) => (path, Some(alias.trim().to_owned())),
            None => (tree, None),
        };
        let path = path.split("::").map(str::trim);
        let path = path.filter(|it| !matches!(*it, "" | "*"));
        return vec![(path.map(str::to_owned).collect(), alias)];
    };
    let inner = inner.strip_suffix('}').unwrap_or(inner);
    let mut found = Vec::new();
    for part in split_at_commas(inner) {
        let part = if part == "self" { "" } else { part };
        found.extend(leaves(&format!("{prefix}{part}")));
    }
    found
}

/// The parts of a list between commas that are not inside braces.
fn split_at_commas(list: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let parts = list.split(|it| {
        match it {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        it == ',' && depth == 0
    });
    let parts: Vec<_> = parts.map(str::trim).collect();
    parts.into_iter().filter(|it| !it.is_empty()).collect()
}

/// The path from the root of the crate; nothing for paths of other crates.
fn absolute(module: &[String], path: &[String], names: &BTreeSet<Path>) -> Option<Path> {
    let mut base = match path.first()?.as_str() {
        "crate" => Vec::new(),
        "self" | "super" => module.to_vec(),
        first if names.contains(&child(module, first)) => {
            return Some([module, path].concat());
        }
        _ => return None,
    };
    for (at, name) in path.iter().enumerate() {
        match name.as_str() {
            "super" => {
                base.pop();
            }
            "crate" | "self" => {}
            _ => return Some([&base, &path[at..]].concat()),
        }
    }
    Some(base)
}

/// Paths that begin with `crate::` outside of `use` declarations.
fn inline_paths(text: &str) -> Vec<Path> {
    let is_path = |it: char| it.is_alphanumeric() || it == '_' || it == ':';
    let mut found = Vec::new();
    let lines = text.lines().filter(|line| {
        let line = line.trim_start();
        !line.starts_with("use ") && !line.starts_with("pub") && line.contains("crate::")
    });
    for line in lines {
        for (at, _) in line.match_indices("crate::") {
            if !line[..at].ends_with('$') {
                let path = line[at + "crate::".len()..].split(|it| !is_path(it)).next();
                let path = path.unwrap_or_default().split("::").map(str::to_owned);
                found.push(path.filter(|it| !it.is_empty()).collect());
            }
        }
    }
    found
}

#[test]
fn use_trees_are_expanded() {
    let text = "use crate::a::{self, B, c::{D, E as F}};\npub(crate) use super::g::*;\n";
    let declarations = declarations(text);
    let paths = |tree: &str| -> Vec<String> {
        let leaves = leaves(tree).into_iter();
        leaves.map(|(path, _)| path.join("::")).collect()
    };
    assert_eq!(
        paths(&declarations[0].1),
        [
            "crate::a",
            "crate::a::B",
            "crate::a::c::D",
            "crate::a::c::E"
        ]
    );
    assert_eq!(paths(&declarations[1].1), ["super::g"]);
    assert!(declarations[1].0 && !declarations[0].0);
}

#[test]
fn test_code_is_left_out() {
    let text = "use a;\n#[cfg(test)]\nmod b;\n#[cfg(test)]\nmod c {\n    use d;\n}\nuse e;\n";
    let (code, tests) = without_tests(text);
    assert_eq!(
        (code.as_str(), tests),
        ("use a;\nuse e;\n", vec!["b".to_owned()])
    );
}
