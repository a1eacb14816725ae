//! What the system says of this process: how much memory it took, and for how long it had a processor.
//!
//! Linux tells, in `/proc`; elsewhere there is nothing to say.

use std::fs;
use std::time::Duration;

/// The most that this process has held in memory so far, in bytes.
///
/// Linux calls it `VmHWM`, the "high water mark". It cannot be reset, so each measurement needs a process of its own.
pub(crate) fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// How long the threads of this process have had a processor so far, those that have ended included. Where it is much less
/// than the time that went by, others had the processor, and the time says little.
pub(crate) fn busy() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // After the name, which is the only one with spaces in it, from the third: `utime` is the 14th field, `stime` the 15th.
    let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    // A tick is a hundredth of a second wherever Rust programs run.
    Some(Duration::from_millis((ticks()? + ticks()?) * 10))
}
