//! Resources that a request includes in others.

use sojourn_domain::shared::Violations;

/// A resource that `expand` names.
pub trait Expansion: Copy + PartialEq + 'static {
    /// All of them by their names.
    const NAMES: &'static [(&'static str, Self)];
}

/// Parses the names of resources, separated by commas; each is kept once.
///
/// # Errors
/// One violation, if a name is not accepted.
pub fn parse_expand<T: Expansion>(names: Option<&str>) -> Result<Vec<T>, Violations> {
    let mut wanted = Vec::new();
    for name in names.into_iter().flat_map(|it| it.split(',')) {
        let known = T::NAMES.iter().find(|(it, _)| *it == name.trim());
        let Some((_, expansion)) = known else {
            return Err(not_accepted::<T>());
        };
        if !wanted.contains(expansion) {
            wanted.push(*expansion);
        }
    }
    Ok(wanted)
}

fn not_accepted<T: Expansion>() -> Violations {
    let names: Vec<_> = T::NAMES.iter().map(|(name, _)| *name).collect();
    let accepted = match names.as_slice() {
        [only] => (*only).to_owned(),
        several => format!("one of {}", several.join(", ")),
    };
    let mut found = Violations::new();
    found.add("/expand", "invalid", format!("must be {accepted}"));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Expansion for u8 {
        const NAMES: &'static [(&'static str, Self)] = &[("one", 1), ("two", 2)];
    }

    #[test]
    fn names_are_kept_once() {
        assert_eq!(parse_expand::<u8>(None), Ok(vec![]));
        assert_eq!(parse_expand::<u8>(Some("two, one,two")), Ok(vec![2, 1]));
        for wrong in ["", "one,", "one,three,four"] {
            let refused = parse_expand::<u8>(Some(wrong)).unwrap_err().into_vec();
            assert_eq!(refused.len(), 1);
            assert_eq!(refused[0].detail, "must be one of one, two");
        }
    }
}
