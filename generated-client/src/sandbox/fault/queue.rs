//! The faults that wait for their requests.

use std::collections::VecDeque;

use super::{Fault, Target};

/// The waiting faults, in the order in which they were injected.
#[derive(Debug, Default)]
pub(in crate::sandbox) struct Queue(VecDeque<(Target, Fault)>);

impl Queue {
    pub(in crate::sandbox) fn push(&mut self, target: Target, fault: Fault) {
        if fault.times > 0 {
            self.0.push_back((target, fault));
        }
    }

    /// The fault for the current request of `operation`, if one is due.
    ///
    /// Only the first fault in the queue for the operation counts. The faults behind it wait until it is used up.
    pub(in crate::sandbox) fn next_for(&mut self, operation: Target) -> Option<Fault> {
        let index = self
            .0
            .iter()
            .position(|(target, _)| *target == operation || *target == Target::Any)?;
        let (_, fault) = &mut self.0[index];
        if fault.after > 0 {
            fault.after -= 1;
            return None;
        }
        let due = fault.clone();
        fault.times -= 1;
        if fault.times == 0 {
            self.0.remove(index);
        }
        Some(due)
    }

    pub(in crate::sandbox) fn waiting(&self) -> usize {
        self.0.iter().map(|(_, fault)| fault.times as usize).sum()
    }

    pub(in crate::sandbox) fn clear(&mut self) {
        self.0.clear();
    }
}
