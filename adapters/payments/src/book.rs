//! The book of the gateway: in memory, or in a file that outlives the process and is shared by several.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use sojourn_application::ports::Charge;
use sojourn_domain::payment::GatewayOutcome;

use crate::line;
use crate::rules::Rules;

/// What was asked and answered.
#[derive(Debug, Default)]
pub(crate) struct Book {
    rules: Rules,
    pages: Option<Pages>,
}

/// The file, read as far as `end`.
#[derive(Debug)]
struct Pages {
    path: PathBuf,
    file: Option<File>,
    end: u64,
}

/// An answer, and whether it is given for the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub outcome: GatewayOutcome,
    pub first: bool,
}

impl Book {
    /// The book of a file, which is made with the first answer.
    pub fn at(path: PathBuf) -> Self {
        Self {
            rules: Rules::default(),
            pages: Some(Pages {
                path,
                file: None,
                end: 0,
            }),
        }
    }

    /// The answer, which is in the book when it is returned. A file is locked meanwhile: of several processes that
    /// are asked the same, one answers first.
    pub fn answer(&mut self, charge: &Charge) -> io::Result<Answer> {
        let Self { rules, pages } = self;
        let Some(pages) = pages else {
            return answer(rules, charge, |_| Ok(()));
        };
        pages.locked(|file, end| {
            read_on(file, end, rules)?;
            answer(rules, charge, |line| append(file, end, line))
        })
    }
}

/// An answer is kept only after it is written.
fn answer(
    rules: &mut Rules,
    charge: &Charge,
    write: impl FnOnce(&[u8]) -> io::Result<()>,
) -> io::Result<Answer> {
    if let Some(outcome) = rules.known(charge) {
        return Ok(Answer {
            outcome,
            first: false,
        });
    }
    let outcome = rules.decide(charge);
    write(&line::write(charge, &outcome)?)?;
    rules.keep(charge, &outcome);
    Ok(Answer {
        outcome,
        first: true,
    })
}

impl Pages {
    fn locked<T>(
        &mut self,
        work: impl FnOnce(&mut File, &mut u64) -> io::Result<T>,
    ) -> io::Result<T> {
        let file = match self.file.take() {
            Some(file) => file,
            None => open(&self.path)?,
        };
        let file = self.file.insert(file);
        file.lock()?;
        let worked = work(file, &mut self.end);
        file.unlock()?;
        worked
    }
}

/// Reads what others wrote. A line without an end was cut short with its writer, who gave no answer: it goes.
fn read_on(file: &mut File, end: &mut u64, rules: &mut Rules) -> io::Result<()> {
    file.seek(SeekFrom::Start(*end))?;
    let mut written = Vec::new();
    file.read_to_end(&mut written)?;
    let whole = written
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |last| last + 1);
    for text in written[..whole].split_inclusive(|&byte| byte == b'\n') {
        let (charge, outcome) = line::read(text)?;
        rules.keep(&charge, &outcome);
        *end += text.len() as u64;
    }
    if whole < written.len() {
        file.set_len(*end)?;
    }
    Ok(())
}

fn append(file: &mut File, end: &mut u64, line: &[u8]) -> io::Result<()> {
    file.write_all(line)?;
    *end += line.len() as u64;
    Ok(())
}

fn open(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    private().read(true).append(true).create(true).open(path)
}

#[cfg(unix)]
fn private() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

#[cfg(not(unix))]
fn private() -> OpenOptions {
    OpenOptions::new()
}
