// SPDX-License-Identifier: EUPL-1.2
//! A bar on a terminal while the engine works.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::Thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::console::Console;

/// Does the work, and shows how much of it is done where somebody looks on.
///
/// `seen` gives how much is done and how much there is.
pub(crate) fn with_bar<T>(seen: impl Fn() -> (usize, usize) + Sync, work: impl FnOnce() -> T) -> T {
    const EVERY: Duration = Duration::from_millis(100);
    if !Console::is_terminal() {
        return work();
    }
    let ready = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            // A moment's work needs no bar.
            std::thread::park_timeout(EVERY);
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed}") {
                bar.set_style(style);
            }
            while !ready.load(Ordering::Acquire) {
                let (done, total) = seen();
                bar.set_length(u64::try_from(total).unwrap_or(u64::MAX));
                bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
                std::thread::park_timeout(EVERY);
            }
            bar.finish_and_clear();
        });
        let _ready = Ready(&ready, watcher.thread());
        work()
    })
}

/// Ends the watching when it is dropped, however the work ends.
struct Ready<'a>(&'a AtomicBool, &'a Thread);

impl Drop for Ready<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
        self.1.unpark();
    }
}
