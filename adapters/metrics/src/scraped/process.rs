//! The process, as Linux describes it. Elsewhere nothing is known.

use std::fs;

use prometheus::{Counter, Gauge};

use crate::families::{Families, number};

/// Ticks of processor time in a second, as Linux counts them for programs on every architecture.
const TICKS: f64 = 100.0;

/// Metrics of the process.
pub(super) struct Process {
    start: Gauge,
    cpu: Counter,
    resident: Gauge,
    virtual_memory: Gauge,
    open_files: Gauge,
    file_limit: Gauge,
    threads: Gauge,
}

impl Process {
    pub(super) fn register(families: &Families<'_>) -> prometheus::Result<Self> {
        Ok(Self {
            start: families.gauge(
                "start_time_seconds",
                "Start of the process since the Unix epoch in seconds.",
            )?,
            cpu: families.seconds("cpu_seconds_total", "Processor time of the process.")?,
            resident: families.gauge("resident_memory_bytes", "Resident memory in bytes.")?,
            virtual_memory: families.gauge("virtual_memory_bytes", "Virtual memory in bytes.")?,
            open_files: families.gauge("open_fds", "Open file descriptors.")?,
            file_limit: families.gauge("max_fds", "Maximum number of open file descriptors.")?,
            threads: families.gauge("threads", "Threads of the process.")?,
        })
    }

    pub(super) fn set(&self) {
        if let Ok(status) = fs::read_to_string("/proc/self/status") {
            let kib = |name| field(&status, name).unwrap_or(0);
            self.resident.set(number(kib("VmRSS:") * 1024));
            self.virtual_memory.set(number(kib("VmSize:") * 1024));
            self.threads.set(number(kib("Threads:")));
        }
        if let Ok(limits) = fs::read_to_string("/proc/self/limits") {
            let limit = field(&limits, "Max open files");
            self.file_limit.set(number(limit.unwrap_or(0)));
        }
        if let Ok(files) = fs::read_dir("/proc/self/fd") {
            self.open_files
                .set(number(u64::try_from(files.count()).unwrap_or(0)));
        }
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        if let Some((user, system)) = field_at(&stat, 14).zip(field_at(&stat, 15)) {
            self.cpu.reset();
            self.cpu.inc_by(number(user + system) / TICKS);
        }
        let machine = fs::read_to_string("/proc/stat").unwrap_or_default();
        if let Some((boot, start)) = field(&machine, "btime").zip(field_at(&stat, 22)) {
            self.start.set(number(boot) + number(start) / TICKS);
        }
    }
}

/// The first number after the name of a field.
fn field(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// A field of the file `stat` of a process by its number, the first of which is 1. The second is the name of the
/// program, which may contain spaces and brackets.
fn field_at(stat: &str, place: usize) -> Option<u64> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace();
    fields.nth(place.checked_sub(3)?)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_linux_are_read() {
        let status = "Name:\tsojourn\nVmSize:\t  204800 kB\nVmRSS:\t   20480 kB\nThreads:\t9\n";
        assert_eq!(field(status, "VmRSS:"), Some(20480));
        assert_eq!(field(status, "Threads:"), Some(9));
        let limits =
            "Max open files            1024                 524288               files     \n";
        assert_eq!(field(limits, "Max open files"), Some(1024));
        assert_eq!(field(status, "VmSwap:"), None);
        let stat = "42 (a) b) S 1 42 42 0 -1 4194560 500 0 1 0 250 31 0 0 20 0 9 0 12345";
        assert_eq!(field_at(stat, 14), Some(250));
        assert_eq!(
            (field_at(stat, 15), field_at(stat, 22)),
            (Some(31), Some(12345))
        );
        assert_eq!(field_at(stat, 2), None);
    }
}
