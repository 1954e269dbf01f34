// SPDX-License-Identifier: EUPL-1.2
//! Work without the interpreter lock, that Ctrl-C stops and that tells how far it is.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use passend::Watch;
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;

use crate::failure::internal;

/// Who wants to know how far a ranking is.
pub(crate) struct Progress<'a, 'py> {
    pub(crate) tell: &'a Bound<'py, PyAny>,
    /// Lists asked: known before the engine begins.
    pub(crate) total: usize,
}

/// Why work ended without what was asked, where it can end in more than one way.
pub(crate) type Ended = Box<dyn std::error::Error + Send + Sync>;

/// Does the work on a thread of its own while this one looks after signals and tells progress.
///
/// After Ctrl-C, or an error of the callback, the call ends at once: the watch asks the work to stop, and the thread ends
/// by itself a moment later. It holds nothing of Python.
pub(crate) fn run<T: Send + 'static>(
    py: Python<'_>,
    watch: &Arc<Watch>,
    progress: Option<&Progress<'_, '_>>,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    // Short enough that a key is answered at once; progress is told at every second look.
    const LOOK: Duration = Duration::from_millis(50);
    const TELL: Duration = Duration::from_millis(100);
    let tell = |done: usize| match progress {
        Some(Progress { tell, total }) => tell.call1((done.min(*total), *total)).map(drop),
        None => Ok(()),
    };
    let (sender, receiver) = channel();
    // Only one thread receives; the lock is what lets the receiver cross where the interpreter lock is released.
    let receiver = Mutex::new(receiver);
    let mut told = Instant::now();
    tell(0)?;
    thread::Builder::new()
        .name("passend".to_owned())
        .spawn(move || {
            // Nobody receives after Ctrl-C.
            let _ = sender.send(work());
        })
        .map_err(|error| PyOSError::new_err(format!("no thread could be started: {error}")))?;
    loop {
        let received = py
            .detach(|| receiver.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(LOOK));
        let looked = match received {
            Ok(done) => {
                tell(usize::MAX)?;
                return Ok(done);
            }
            Err(RecvTimeoutError::Disconnected) => {
                // The work panicked: what it held is gone with its thread.
                Err(internal("the engine stopped unexpectedly"))
            }
            Err(RecvTimeoutError::Timeout) => py.check_signals().and_then(|()| {
                if told.elapsed() < TELL {
                    return Ok(());
                }
                told = Instant::now();
                tell(watch.done())
            }),
        };
        if let Err(error) = looked {
            watch.stop();
            return Err(error);
        }
    }
}
