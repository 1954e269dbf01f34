// SPDX-License-Identifier: EUPL-1.2
//! One call: looks after callbacks and the time limit while the work is done, and catches panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use passend::Watch;

use crate::failure::Failure;
use crate::handle::Handle;
use crate::pool::Pool;

/// How much a line of the log matters.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassendLevel {
    /// The call could not do what was asked.
    Error = 1,
    /// Something was left out or repaired.
    Warning = 2,
    /// What was done.
    Info = 3,
}

pub(crate) use PassendLevel as Level;

/// Takes lists done and lists asked.
pub(crate) type Progress<'a> = dyn FnMut(usize, usize) -> bool + 'a;
/// Takes lines of the log.
pub(crate) type Listener<'a> = dyn FnMut(Level, &str) + 'a;

/// What the caller wants of a call.
#[derive(Default)]
pub(crate) struct Caller<'a> {
    /// 0 = those of the engine.
    pub(crate) threads: usize,
    pub(crate) time_limit: Option<Duration>,
    /// Told how many lists of how many are done; `false` stops the call.
    pub(crate) progress: Option<&'a mut Progress<'a>>,
    pub(crate) log: Option<&'a mut Listener<'a>>,
}

/// Where the work tells what it does.
#[derive(Clone, Default)]
pub(crate) struct Log(Option<Arc<dyn Fn(Level, String) + Send + Sync>>);

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Log").field(&self.0.is_some()).finish()
    }
}

impl Log {
    /// Tells it, if somebody listens; the text is made only then.
    pub(crate) fn say(&self, level: Level, line: impl FnOnce() -> String) {
        if let Some(tell) = &self.0 {
            tell(level, line());
        }
    }
}

/// What an operation works with.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) handle: &'a Handle,
    pub(crate) watch: &'a Watch,
    pub(crate) log: Log,
    stopped: &'a AtomicBool,
    pool: &'a Pool,
}

impl Context<'_> {
    /// Does the work on the threads of the call. Nothing within may wait for a lock that is held while work is done.
    pub(crate) fn work<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
        self.check()?;
        let done = self.pool.install(work);
        self.check()?;
        Ok(done)
    }

    fn check(&self) -> Result<(), Failure> {
        if self.stopped.load(Ordering::Relaxed) { Err(Failure::cancelled()) } else { Ok(()) }
    }
}

#[derive(Debug)]
enum Event<T> {
    Log(Level, String),
    Done(Box<Result<T, Failure>>),
}

/// Where the last panic was, on whatever thread; two at a time are told with either place.
static PANICKED_AT: Mutex<Option<String>> = Mutex::new(None);

/// Remembers where a panic happened instead of printing it: a library prints nothing.
pub(crate) fn keep_panics_quiet() {
    // A test that fails must say so.
    if cfg!(test) {
        return;
    }
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        std::panic::set_hook(Box::new(|panic| {
            *PANICKED_AT.lock().unwrap_or_else(PoisonError::into_inner) =
                panic.location().map(ToString::to_string);
        }));
    });
}

/// Does the work; a panic becomes a failure.
pub(crate) fn caught<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let place = PANICKED_AT.lock().unwrap_or_else(PoisonError::into_inner).take();
        let place = place.map(|at| format!(" at {at}"));
        let place = place.unwrap_or_default();
        Err(Failure::internal(format_args!("the engine stopped unexpectedly{place}")))
    })
}

/// Does the work of one call.
pub(crate) fn run<T: Send + 'static>(
    handle: &Handle,
    caller: &mut Caller<'_>,
    work: impl FnOnce(&Context<'_>) -> Result<T, Failure> + Send,
) -> Result<T, Failure> {
    let own;
    let pool = if caller.threads == 0 || caller.threads == handle.threads() {
        handle.pool()?
    } else {
        own = Pool::new(caller.threads)?;
        &own
    };
    let (watch, stopped) = (Watch::new(), AtomicBool::new(false));
    let context = Context { handle, watch: &watch, log: Log::default(), stopped: &stopped, pool };
    if caller.progress.is_none() && caller.log.is_none() && caller.time_limit.is_none() {
        return caught(|| work(&context));
    }
    let (sender, receiver) = channel();
    let log = caller.log.is_some().then(|| {
        let sender = sender.clone();
        // Nobody listens after the call was stopped.
        let tell = move |level, line| drop(sender.send(Event::Log(level, line)));
        Arc::new(tell) as Arc<dyn Fn(Level, String) + Send + Sync>
    });
    let log = Log(log);
    let context = Context { log, ..context };
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().name("passend call".to_owned());
        let started = worker.spawn_scoped(scope, move || {
            let done = caught(|| work(&context));
            // The other end waits for this.
            let _ = sender.send(Event::Done(Box::new(done)));
        });
        if let Err(error) = started {
            return Err(Failure::internal(format_args!("no thread could be started: {error}")));
        }
        attend(caller, &receiver, &watch, || {
            stopped.store(true, Ordering::Relaxed);
            watch.stop();
        })
    })
}

/// Calls back until the work is done.
fn attend<T>(
    caller: &mut Caller<'_>,
    receiver: &Receiver<Event<T>>,
    watch: &Watch,
    stop: impl Fn(),
) -> Result<T, Failure> {
    const TELL: Duration = Duration::from_millis(100);
    let end = caller.time_limit.and_then(|limit| Instant::now().checked_add(limit));
    let mut reason: Option<Failure> = None;
    let mut tell = Instant::now();
    loop {
        let now = Instant::now();
        if reason.is_none() && end.is_some_and(|end| now >= end) {
            reason = Some(Failure::time_limit());
            stop();
        }
        if reason.is_none() && now >= tell {
            tell = now + TELL;
            if let Some(progress) = &mut caller.progress
                && !progress(watch.done().min(watch.total()), watch.total())
            {
                reason = Some(Failure::cancelled());
                stop();
            }
        }
        let wait = match end {
            _ if reason.is_some() => TELL,
            Some(end) => end.min(tell).saturating_duration_since(now),
            None => tell.saturating_duration_since(now),
        };
        match receiver.recv_timeout(wait) {
            Ok(Event::Log(level, line)) => {
                if let Some(log) = &mut caller.log {
                    log(level, &line);
                }
            }
            Ok(Event::Done(done)) => {
                if let Some(reason) = reason {
                    return Err(reason);
                }
                if done.is_ok()
                    && let Some(progress) = &mut caller.progress
                {
                    // All is done: there is nothing left to stop.
                    let _ = progress(watch.total(), watch.total());
                }
                return *done;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Failure::internal("the work of a call ended without an answer"));
            }
        }
    }
}
