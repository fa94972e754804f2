//! The journal of the gateway: in memory, or in a file that outlives the process and is shared by several processes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use sojourn_application::ports::GatewayRequest;
use sojourn_domain::payment::GatewayOutcome;

use crate::gateway_state::GatewayState;
use crate::record;

/// The requests and their outcomes.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    state: GatewayState,
    file: Option<JournalFile>,
}

/// The file, of which the records before `end` are applied to the state.
#[derive(Debug)]
struct JournalFile {
    path: PathBuf,
    file: Option<File>,
    end: u64,
}

/// The outcome of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Execution {
    pub outcome: GatewayOutcome,
    /// False when the request is a retry with the same idempotency key.
    pub first: bool,
}

impl Journal {
    /// A journal in a file, which is created with the first record.
    pub fn in_file(path: PathBuf) -> Self {
        Self {
            state: GatewayState::default(),
            file: Some(JournalFile {
                path,
                file: None,
                end: 0,
            }),
        }
    }

    /// Executes a request and records its outcome before returning it. The file is locked, so that of several
    /// processes with the same idempotency key one executes the request.
    pub fn execute(&mut self, request: &GatewayRequest) -> io::Result<Execution> {
        let Self { state, file } = self;
        let Some(file) = file else {
            return execute(state, request, |_| Ok(()));
        };
        file.locked(|file, end| {
            read_new_records(file, end, state)?;
            execute(state, request, |line| append(file, end, line))
        })
    }
}

/// Changes the state only after the record is written.
fn execute(
    state: &mut GatewayState,
    request: &GatewayRequest,
    write: impl FnOnce(&[u8]) -> io::Result<()>,
) -> io::Result<Execution> {
    if let Some(outcome) = state.recorded_outcome(request) {
        return Ok(Execution {
            outcome,
            first: false,
        });
    }
    let outcome = state.decide(request);
    write(&record::to_line(request, &outcome)?)?;
    state.apply(request, &outcome);
    Ok(Execution {
        outcome,
        first: true,
    })
}

impl JournalFile {
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
        let result = work(file, &mut self.end);
        file.unlock()?;
        result
    }
}

/// Applies the records of other processes. An incomplete last line is from a process that crashed before it returned
/// an outcome, and is removed.
fn read_new_records(file: &mut File, end: &mut u64, state: &mut GatewayState) -> io::Result<()> {
    file.seek(SeekFrom::Start(*end))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let complete = bytes
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |last| last + 1);
    for line in bytes[..complete].split_inclusive(|&byte| byte == b'\n') {
        let (request, outcome) = record::from_line(line)?;
        state.apply(&request, &outcome);
        *end += line.len() as u64;
    }
    if complete < bytes.len() {
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
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    owner_only().read(true).append(true).create(true).open(path)
}

/// Options that create files which only their owner can read.
#[cfg(unix)]
fn owner_only() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

#[cfg(not(unix))]
fn owner_only() -> OpenOptions {
    OpenOptions::new()
}
