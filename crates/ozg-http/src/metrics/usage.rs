//! What the process uses: the families that every client library of Prometheus has, which dashboards and alerts of others ask for.

use super::family::Family;
#[cfg(target_os = "linux")]
use super::family::MetricKind;

/// Writes the families; nothing where the system does not tell.
pub(super) fn text() -> String {
    families().unwrap_or_default().into_iter().map(Family::text).collect()
}

#[cfg(target_os = "linux")]
fn families() -> procfs::ProcResult<Vec<Family>> {
    let process = procfs::process::Process::myself()?;
    let used = process.stat()?;
    let ticks = procfs::ticks_per_second();
    let seconds = |count: u64| format!("{}.{:02}", count / ticks, count % ticks * 100 / ticks);
    let started = procfs::boot_time_secs()? + used.starttime / ticks;
    let mut families = Vec::new();
    let mut tell = |name: &str, kind: MetricKind, help: &str, value: String| {
        let mut family = Family::new(name, kind, help);
        family.put(&[], value);
        families.push(family);
    };
    let (gauge, counter) = (MetricKind::Gauge, MetricKind::Counter);
    let spent = seconds(used.utime + used.stime);
    let resident = used.rss * procfs::page_size();
    tell("process_cpu_seconds_total", counter, "Processor time that the process spent, in seconds.", spent);
    tell(
        "process_resident_memory_bytes",
        gauge,
        "Memory that the process holds, in bytes.",
        resident.to_string(),
    );
    tell(
        "process_virtual_memory_bytes",
        gauge,
        "Addresses that the process has, in bytes.",
        used.vsize.to_string(),
    );
    tell("process_open_fds", gauge, "Files and connections that are open.", process.fd_count()?.to_string());
    if let procfs::process::LimitValue::Value(most) = process.limits()?.max_open_files.soft_limit {
        tell("process_max_fds", gauge, "Most files and connections that may be open.", most.to_string());
    }
    tell("process_threads", gauge, "Threads of the process.", used.num_threads.to_string());
    tell(
        "process_start_time_seconds",
        gauge,
        "When the process began, as seconds since 1970.",
        started.to_string(),
    );
    Ok(families)
}

#[cfg(not(target_os = "linux"))]
fn families() -> Result<Vec<Family>, std::convert::Infallible> {
    Ok(Vec::new())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_process_tells_what_it_uses() {
        let text = text();
        let value = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name} ")));
            line.and_then(|value| value.parse::<f64>().ok())
                .unwrap_or_else(|| panic!("{name} is missing: {text}"))
        };
        assert!(value("process_cpu_seconds_total") >= 0.0);
        assert!(value("process_resident_memory_bytes") > 1e6);
        assert!(value("process_virtual_memory_bytes") > value("process_resident_memory_bytes"));
        assert!(value("process_open_fds") >= 3.0 && value("process_max_fds") >= value("process_open_fds"));
        assert!(value("process_threads") >= 1.0 && value("process_start_time_seconds") > 1.6e9);
        assert!(text.contains("# TYPE process_cpu_seconds_total counter"), "{text}");
    }
}
