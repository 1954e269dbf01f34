// SPDX-License-Identifier: EUPL-1.2
//! Threads of an engine: started when they are needed, ended with it.

use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::failure::Failure;

/// Threads that are gone when this is dropped.
#[derive(Debug)]
pub(crate) struct Pool {
    pool: Option<ThreadPool>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Pool {
    /// So many threads; 0 for as many as the machine has.
    pub(crate) fn new(threads: usize) -> Result<Self, Failure> {
        // While a thread waits it may take up the work of another call, so that stacks lie on each other.
        const STACK: usize = 16 << 20;
        let handles = Mutex::new(Vec::new());
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads)
            .spawn_handler(|thread| {
                let builder =
                    std::thread::Builder::new().name("passend".to_owned()).stack_size(STACK);
                let handle = builder.spawn(|| thread.run())?;
                handles.lock().unwrap_or_else(PoisonError::into_inner).push(handle);
                Ok(())
            })
            .build()
            .map_err(|error| {
                Failure::internal(format_args!("no thread could be started: {error}"))
            })?;
        Ok(Self { pool: Some(pool), threads: handles })
    }

    /// Does the work on these threads and waits for it.
    pub(crate) fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        drop(self.pool.take());
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // A panic of its work was told to the call that asked for it.
            let _ = thread.join();
        }
    }
}
