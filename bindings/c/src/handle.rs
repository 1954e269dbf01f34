// SPDX-License-Identifier: EUPL-1.2
//! An engine with its threads and markets: what a handle of the C interface stands for.

use std::sync::{Mutex, OnceLock, PoisonError};

use arrow_array::RecordBatch;
use passend::{Engine, Place, Versions};

use crate::answer::Answer;
use crate::config::{Config, Loaded};
use crate::failure::Failure;
use crate::job::{self, Caller, Level};
use crate::markets::Markets;
use crate::op;
use crate::pool::Pool;

/// An engine with its threads and markets. Its policy and vocabulary never change.
#[derive(Debug)]
pub(crate) struct Handle {
    engine: Engine,
    places: Vec<Place>,
    notes: Vec<String>,
    threads: usize,
    max_request_bytes: usize,
    pool: OnceLock<Pool>,
    starting: Mutex<()>,
    markets: Markets,
}

impl Handle {
    /// An engine by this configuration; an empty one is that of the program without options.
    pub(crate) fn new(config: &str) -> Result<Self, Failure> {
        const MARKETS: usize = 16;
        let config = Config::read(config)?;
        let Loaded { policy, places, vocabulary, notes } = config.load()?;
        Ok(Self {
            engine: Engine::new(policy, vocabulary),
            places,
            notes,
            threads: config.threads,
            max_request_bytes: config.max_request_bytes,
            pool: OnceLock::new(),
            starting: Mutex::default(),
            markets: Markets::new(if config.max_markets == 0 {
                MARKETS
            } else {
                config.max_markets
            }),
        })
    }

    /// Runs an operation.
    pub(crate) fn run(
        &self,
        op: &str,
        json: &[u8],
        caller: &mut Caller<'_>,
    ) -> Result<Answer, Failure> {
        let result = op::find(op).and_then(|operation| {
            let json = self.text(json)?;
            job::run(self, caller, |context| operation(context, json))
        });
        logged(result, caller)
    }

    /// Ranks records that come as Arrow columns.
    pub(crate) fn match_arrow(
        &self,
        json: &[u8],
        candidates: Vec<RecordBatch>,
        vacancies: Option<Vec<RecordBatch>>,
        caller: &mut Caller<'_>,
    ) -> Result<(Vec<RecordBatch>, Answer), Failure> {
        let result = self.text(json).and_then(|json| {
            job::run(self, caller, |context| op::run_arrow(context, json, candidates, vacancies))
        });
        logged(result, caller)
    }

    /// The text of a request.
    fn text<'a>(&self, json: &'a [u8]) -> Result<&'a str, Failure> {
        let most = self.max_request_bytes;
        if most > 0 && json.len() > most {
            let expected = format_args!("at most {most} bytes, as `max_request_bytes` says");
            return Err(Failure::request("", expected));
        }
        std::str::from_utf8(json).map_err(|error| {
            let place = error.valid_up_to();
            Failure::argument("json", &format!("UTF-8; byte {place} is not"))
        })
    }

    pub(crate) const fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(crate) fn places(&self) -> &[Place] {
        &self.places
    }

    /// Rows of the configuration that did nothing.
    pub(crate) fn notes(&self) -> &[String] {
        &self.notes
    }

    pub(crate) const fn threads(&self) -> usize {
        self.threads
    }

    pub(crate) const fn markets(&self) -> &Markets {
        &self.markets
    }

    pub(crate) fn versions(&self) -> Versions {
        self.engine.versions()
    }

    /// The threads of the engine, started by the first call.
    pub(crate) fn pool(&self) -> Result<&Pool, Failure> {
        if let Some(pool) = self.pool.get() {
            return Ok(pool);
        }
        let _starting = self.starting.lock().unwrap_or_else(PoisonError::into_inner);
        match self.pool.get() {
            Some(pool) => Ok(pool),
            None => {
                let pool = Pool::new(self.threads)?;
                Ok(self.pool.get_or_init(|| pool))
            }
        }
    }
}

/// Tells a failure to who listens.
fn logged<T>(result: Result<T, Failure>, caller: &mut Caller<'_>) -> Result<T, Failure> {
    if let (Err(failure), Some(log)) = (&result, &mut caller.log) {
        log(Level::Error, &failure.to_string());
    }
    result
}
