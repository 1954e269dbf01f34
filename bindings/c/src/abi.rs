// SPDX-License-Identifier: EUPL-1.2
//! What C sees. All of the unsafe code of the library is here.
//!
//! The comments on public items become those of `passend.h`.
#![expect(unsafe_code, reason = "C hands over pointers")]

use std::ffi::{CString, c_char, c_void};
use std::time::Duration;

use arrow_array::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, Schema};

use crate::ABI_VERSION;
use crate::answer::Answer;
use crate::failure::{Failure, PassendStatus};
use crate::handle::Handle;
use crate::job::{self, Caller, PassendLevel};

/// An engine: a policy, a vocabulary, threads and markets.
///
/// May be used by many threads at once. Made by `passend_engine_new`, freed by `passend_engine_free`. It does not survive
/// `fork`: make it in the child.
#[derive(Debug)]
pub struct PassendEngine(Handle);

/// Bytes that the library allocated. Set it to zeros before a call; free it with `passend_buffer_free`.
#[repr(C)]
#[derive(Debug)]
pub struct PassendBuffer {
    /// The result: UTF-8 text, most often JSON. Not ended by NUL. NULL if the call gave none.
    pub data: *const u8,
    /// Length of the result in bytes.
    pub len: usize,
    /// Counts of the records that were read for it, and every record that was refused, as JSON.
    pub report: *const u8,
    /// Length of the report in bytes.
    pub report_len: usize,
    /// The library's own.
    pub owner: *mut c_void,
}

/// Why a call could not do what was asked. Set it to zeros before a call; free it with `passend_error_free`.
#[repr(C)]
#[derive(Debug)]
pub struct PassendError {
    /// What was expected and what to do, in English; ended by NUL. NULL if there is no error.
    pub message: *const c_char,
    /// Stable code such as `E310`; ended by NUL.
    pub code: *const c_char,
    /// The argument, key or record that it is about; empty for the call as a whole; ended by NUL.
    pub field: *const c_char,
    /// The same and more as JSON, in Dutch and English, with every record that was refused; ended by NUL.
    pub detail: *const c_char,
    /// Length of the detail in bytes, without the NUL.
    pub detail_len: usize,
    /// The status that the function gave back.
    pub status: i32,
    /// The library's own.
    pub owner: *mut c_void,
}

/// Told how many lists of how many are done; `total` is 0 until it is known. Another answer than 0 stops the call, which
/// then gives `PASSEND_STATUS_CANCELLED`. Called by the thread that made the call, about ten times a second.
pub type PassendProgress =
    Option<unsafe extern "C" fn(context: *mut c_void, done: usize, total: usize) -> i32>;

/// Told what a call does and what it leaves out; `message` is UTF-8 of `len` bytes, ended by NUL, and is gone afterwards.
/// Called by the thread that made the call. It never holds a value of a record.
pub type PassendLog = Option<
    unsafe extern "C" fn(
        context: *mut c_void,
        level: PassendLevel,
        message: *const c_char,
        len: usize,
    ),
>;

/// What a caller may ask of a call. Set all of it to zeros, then `size`, then what is wanted.
///
/// Callbacks must return: no `longjmp` and no C++ exception may leave them.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct PassendOptions {
    /// `sizeof(passend_options)`: later versions of the library have more fields, and see by it what is there.
    pub size: usize,
    /// Threads that work for this call; 0 = those of the engine.
    pub threads: u32,
    /// The call ends with `PASSEND_STATUS_TIME_LIMIT` soon after so many milliseconds; 0 = no limit.
    pub time_limit_ms: u32,
    /// Told how far it is; may be NULL.
    pub progress: PassendProgress,
    /// Handed to `progress`.
    pub progress_context: *mut c_void,
    /// Told what is done; may be NULL.
    pub log: PassendLog,
    /// Handed to `log`.
    pub log_context: *mut c_void,
}

/// What lies behind a buffer.
struct OwnedBuffer(Answer);

/// What lies behind an error.
struct OwnedError {
    message: CString,
    code: CString,
    field: CString,
    detail: CString,
}

/// The version of this interface. A program that was built for this number runs with every library that gives it.
#[unsafe(no_mangle)]
pub extern "C" fn passend_abi_version() -> u32 {
    ABI_VERSION
}

/// Makes an engine.
///
/// `config` is TOML or JSON in UTF-8, of `config_len` bytes; NULL gives the policy and vocabulary that come with the
/// library. Its keys: `announced`, `threads`, `policy`, `vocabulary`, `places`, `purpose`, `max_request_bytes`, `max_markets`. No file is
/// read but those that it names. On success `*out` is the engine; free it with `passend_engine_free`. `err` may be NULL.
///
/// # Safety
///
/// `config` is NULL or points to `config_len` bytes; `out` and `err` are NULL or point to what they name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn passend_engine_new(
    config: *const c_char,
    config_len: usize,
    out: *mut *mut PassendEngine,
    err: *mut PassendError,
) -> PassendStatus {
    job::keep_panics_quiet();
    // SAFETY: the caller says that `out` is NULL or points to a pointer.
    let Some(out) = (unsafe { out.as_mut() }) else {
        return failed(&Failure::argument("out", "a place for the engine, not NULL"), err);
    };
    *out = std::ptr::null_mut();
    let made = job::caught(|| {
        let config = if config.is_null() {
            ""
        } else {
            // SAFETY: it is not NULL, and the caller says that it points to `config_len` bytes.
            let bytes = unsafe { bytes("config", config, config_len) }?;
            utf8("config", bytes)?
        };
        Handle::new(config)
    });
    match made {
        Ok(handle) => {
            *out = Box::into_raw(Box::new(PassendEngine(handle)));
            done(err)
        }
        Err(failure) => failed(&failure, err),
    }
}

/// Frees an engine and ends its threads. NULL is allowed. No call may be using it.
///
/// # Safety
///
/// `engine` is NULL or was given by `passend_engine_new`, was not freed before, and is used by no thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn passend_engine_free(engine: *mut PassendEngine) {
    if !engine.is_null() {
        // SAFETY: the caller says that `passend_engine_new` gave it, by `Box::into_raw`, and that nobody uses it any more.
        let engine = unsafe { Box::from_raw(engine) };
        let _ = job::caught(|| {
            drop(engine);
            Ok(())
        });
    }
}

/// Runs an operation: `match`, `explain`, `plan`, `check` and the others that the operation `about` names.
///
/// `op` and `json` are UTF-8 of so many bytes; the request has the keys that the operation `schema` tells. On success
/// `*out` holds the answer. `options` may be NULL. `err` may be NULL.
///
/// # Safety
///
/// `engine` is NULL or was given by `passend_engine_new` and not freed; `op` and `json` are NULL or point to so many
/// bytes; `options` is NULL or points to `options->size` bytes; `out` and `err` are NULL or point to what they name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn passend_run(
    engine: *const PassendEngine,
    op: *const c_char,
    op_len: usize,
    json: *const c_char,
    json_len: usize,
    options: *const PassendOptions,
    out: *mut PassendBuffer,
    err: *mut PassendError,
) -> PassendStatus {
    // SAFETY: the caller says that `out` is NULL or points to a buffer.
    let Some(out) = (unsafe { out.as_mut() }) else {
        return failed(&Failure::argument("out", "a place for the answer, not NULL"), err);
    };
    *out = PassendBuffer::none();
    let answer = job::caught(|| {
        // SAFETY: the caller says that it is NULL or an engine that was not freed; an engine is shared, never changed.
        let Some(PassendEngine(handle)) = (unsafe { engine.as_ref() }) else {
            return Err(Failure::argument("engine", "an engine, not NULL"));
        };
        // SAFETY: the caller says that it is NULL or points to so many bytes.
        let op = utf8("op", unsafe { bytes("op", op, op_len) }?)?;
        // SAFETY: the same.
        let json = unsafe { bytes("json", json, json_len) }?;
        // SAFETY: the caller says that it is NULL or points to as many bytes as it says itself.
        let options = unsafe { read_options(options) }?;
        with_caller(&options, |caller| handle.run(op, json, caller))
    });
    match answer {
        Ok(answer) => {
            *out = PassendBuffer::new(answer);
            done(err)
        }
        Err(failure) => failed(&failure, err),
    }
}

/// Runs `match` on records that come as Arrow C streams, and gives the pairs as one.
///
/// The columns are the fields of the records, nested as in Parquet (`docs/records-parquet.md`). `json` holds the keys of
/// `match_arrow.request`, which are those of `match` without the records; `vacancies` is NULL where it names a `market`. On
/// success `*out` is a stream with a row for each pair, which the caller releases, and `*about`, which may be NULL, holds what is
/// known around them. The streams that come in are read to their end and released whatever happens, by the thread that
/// calls.
///
/// # Safety
///
/// What holds for `passend_run`; and `candidates` and `vacancies` are NULL or point to a valid Arrow C stream, `out` to room
/// for one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn passend_match_arrow(
    engine: *const PassendEngine,
    candidates: *mut FFI_ArrowArrayStream,
    vacancies: *mut FFI_ArrowArrayStream,
    json: *const c_char,
    json_len: usize,
    options: *const PassendOptions,
    out: *mut FFI_ArrowArrayStream,
    about: *mut PassendBuffer,
    err: *mut PassendError,
) -> PassendStatus {
    let pairs = job::caught(|| {
        // Taken over first, so that they are released whatever is wrong with the rest.
        // SAFETY: the caller says that it is NULL or points to a valid stream.
        let candidates = unsafe { read_stream("candidates", candidates) };
        // SAFETY: the same.
        let vacancies = unsafe { read_stream("vacancies", vacancies) };
        // SAFETY: the caller says that it is NULL or points to a buffer.
        if let Some(about) = unsafe { about.as_mut() } {
            *about = PassendBuffer::none();
        }
        if out.is_null() {
            return Err(Failure::argument("out", "a place for the stream, not NULL"));
        }
        // SAFETY: it is not NULL, and the caller says that there is room for a stream; what was there is not read.
        unsafe { out.write(FFI_ArrowArrayStream::empty()) };
        // SAFETY: the caller says that it is NULL or an engine that was not freed; an engine is shared, never changed.
        let Some(PassendEngine(handle)) = (unsafe { engine.as_ref() }) else {
            return Err(Failure::argument("engine", "an engine, not NULL"));
        };
        let candidates = candidates?;
        let candidates =
            candidates.ok_or_else(|| Failure::argument("candidates", "a stream, not NULL"))?;
        let vacancies = vacancies?;
        // SAFETY: the caller says that it is NULL or points to so many bytes.
        let json = unsafe { bytes("json", json, json_len) }?;
        // SAFETY: the caller says that it is NULL or points to as many bytes as it says itself.
        let options = unsafe { read_options(options) }?;
        with_caller(&options, |caller| handle.match_arrow(json, candidates, vacancies, caller))
    });
    let (batches, answer) = match pairs {
        Ok(found) => found,
        Err(failure) => return failed(&failure, err),
    };
    let schema = batches.first().map_or_else(|| Schema::empty().into(), RecordBatch::schema);
    let rows = RecordBatchIterator::new(batches.into_iter().map(Ok), schema);
    // SAFETY: `out` is not NULL, as was seen above, and holds an empty stream, which has nothing to release.
    unsafe { out.write(FFI_ArrowArrayStream::new(Box::new(rows))) };
    // SAFETY: the caller says that it is NULL or points to a buffer.
    if let Some(about) = unsafe { about.as_mut() } {
        *about = PassendBuffer::new(answer);
    }
    done(err)
}

/// Frees what a buffer holds and sets it to zeros. NULL, and a buffer of zeros, are allowed.
///
/// # Safety
///
/// `buffer` is NULL or points to a buffer that is zeros or was filled by the library, and that was not copied and freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn passend_buffer_free(buffer: *mut PassendBuffer) {
    // SAFETY: the caller says that it is NULL or points to a buffer.
    if let Some(buffer) = unsafe { buffer.as_mut() } {
        let owner = std::mem::replace(buffer, PassendBuffer::none()).owner;
        if !owner.is_null() {
            // SAFETY: `PassendBuffer::new` made it of a box of this type, and it is forgotten above, so never freed twice.
            drop(unsafe { Box::from_raw(owner.cast::<OwnedBuffer>()) });
        }
    }
}

/// Frees what an error holds and sets it to zeros. NULL, and an error of zeros, are allowed.
///
/// # Safety
///
/// `error` is NULL or points to an error that is zeros or was filled by the library, and that was not copied and freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn passend_error_free(error: *mut PassendError) {
    // SAFETY: the caller says that it is NULL or points to an error.
    if let Some(error) = unsafe { error.as_mut() } {
        let owner = std::mem::replace(error, PassendError::none()).owner;
        if !owner.is_null() {
            // SAFETY: `PassendError::new` made it of a box of this type, and it is forgotten above, so never freed twice.
            drop(unsafe { Box::from_raw(owner.cast::<OwnedError>()) });
        }
    }
}

impl PassendBuffer {
    const fn none() -> Self {
        Self {
            data: std::ptr::null(),
            len: 0,
            report: std::ptr::null(),
            report_len: 0,
            owner: std::ptr::null_mut(),
        }
    }

    pub(crate) fn new(answer: Answer) -> Self {
        let owned = Box::new(OwnedBuffer(answer));
        let Answer { data, report } = &owned.0;
        // The bytes lie on the heap, so moving the box does not move them.
        let (data, len) = (data.as_ptr(), data.len());
        let (report, report_len) = (report.as_ptr(), report.len());
        Self { data, len, report, report_len, owner: Box::into_raw(owned).cast() }
    }
}

impl PassendError {
    const fn none() -> Self {
        Self {
            message: std::ptr::null(),
            code: std::ptr::null(),
            field: std::ptr::null(),
            detail: std::ptr::null(),
            detail_len: 0,
            status: 0,
            owner: std::ptr::null_mut(),
        }
    }

    fn new(failure: &Failure) -> Self {
        let owned = Box::new(OwnedError {
            message: ended(&failure.to_string()),
            code: ended(failure.code),
            field: ended(&failure.field),
            detail: ended(&failure.detail()),
        });
        Self {
            message: owned.message.as_ptr(),
            code: owned.code.as_ptr(),
            field: owned.field.as_ptr(),
            detail: owned.detail.as_ptr(),
            detail_len: owned.detail.count_bytes(),
            status: failure.status as i32,
            owner: Box::into_raw(owned).cast(),
        }
    }
}

/// Text that C can read to its end: without NUL in it.
fn ended(text: &str) -> CString {
    let bytes: Vec<u8> = text.bytes().filter(|byte| *byte != 0).collect();
    CString::new(bytes).unwrap_or_default()
}

fn done(err: *mut PassendError) -> PassendStatus {
    // SAFETY: the caller of every function says that `err` is NULL or points to an error.
    if let Some(err) = unsafe { err.as_mut() } {
        *err = PassendError::none();
    }
    PassendStatus::Ok
}

fn failed(failure: &Failure, err: *mut PassendError) -> PassendStatus {
    // SAFETY: the caller of every function says that `err` is NULL or points to an error.
    if let Some(err) = unsafe { err.as_mut() } {
        *err = PassendError::new(failure);
    }
    failure.status
}

/// The bytes of an argument.
///
/// # Safety
///
/// `data` is NULL or points to `len` bytes that do not change while `'a` lasts.
unsafe fn bytes<'a>(name: &str, data: *const c_char, len: usize) -> Result<&'a [u8], Failure> {
    if data.is_null() {
        return Err(Failure::argument(name, "a text, not NULL"));
    }
    if isize::try_from(len).is_err() {
        return Err(Failure::argument(&format!("{name}_len"), "the length of the text in bytes"));
    }
    // SAFETY: it is not NULL, no longer than a slice may be, and the caller says that so many bytes are there.
    Ok(unsafe { std::slice::from_raw_parts(data.cast::<u8>(), len) })
}

/// All batches of a stream, which is released; nothing where it is NULL.
///
/// # Safety
///
/// `stream` is NULL or points to a valid Arrow C stream.
unsafe fn read_stream(
    name: &str,
    stream: *mut FFI_ArrowArrayStream,
) -> Result<Option<Vec<RecordBatch>>, Failure> {
    if stream.is_null() {
        return Ok(None);
    }
    let unreadable = |error: ArrowError| {
        // What it says may hold a value.
        let kind = match error {
            ArrowError::CDataInterface(_) => "a stream that follows the Arrow C interface",
            _ => "a stream of records that can be read to its end",
        };
        Failure::argument(name, kind)
    };
    // SAFETY: it is not NULL, and the caller says that it is a valid stream; it is taken out of its place, which is left
    // released, as the interface asks of who moves a stream.
    let reader = unsafe { ArrowArrayStreamReader::from_raw(stream) }.map_err(unreadable)?;
    let schema = reader.schema();
    let batches = reader.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    let is_one = |batch: &RecordBatch| batch.schema_ref().fields() == schema.fields();
    if batches.iter().all(is_one) {
        Ok(Some(batches))
    } else {
        Err(Failure::argument(name, "batches of one schema"))
    }
}

fn utf8<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Failure> {
    std::str::from_utf8(bytes).map_err(|error| {
        Failure::argument(name, &format!("UTF-8; byte {} is not", error.valid_up_to()))
    })
}

/// The options of a caller that may know fewer fields than we do, or more.
///
/// # Safety
///
/// `options` is NULL or points to as many bytes as its first field says.
pub(crate) unsafe fn read_options(
    options: *const PassendOptions,
) -> Result<PassendOptions, Failure> {
    const OURS: usize = size_of::<PassendOptions>();
    const MOST: usize = 4096;
    let mut read = PassendOptions {
        size: OURS,
        threads: 0,
        time_limit_ms: 0,
        progress: None,
        progress_context: std::ptr::null_mut(),
        log: None,
        log_context: std::ptr::null_mut(),
    };
    if options.is_null() {
        return Ok(read);
    }
    let expected = "`sizeof(passend_options)` in `size`";
    if !options.is_aligned() {
        return Err(Failure::argument("options", "options that lie where C would put them"));
    }
    // SAFETY: it is not NULL and aligned, and the first field is there whatever the size is.
    let size = unsafe { (&raw const (*options).size).read() };
    // A size that ends within a field is of no version: half a pointer must not be taken for one.
    let is_whole = size.is_multiple_of(align_of::<PassendOptions>());
    if !(size_of::<usize>()..=MOST).contains(&size) || !is_whole {
        return Err(Failure::argument("options.size", expected));
    }
    let known = size.min(OURS);
    // SAFETY: the caller says that `size` bytes are there; `read` has at least `known`. Every field may hold any bytes but
    // the callbacks, which the caller says are NULL or functions.
    unsafe {
        std::ptr::copy_nonoverlapping(options.cast::<u8>(), (&raw mut read).cast::<u8>(), known);
    }
    for at in OURS..size {
        // SAFETY: the caller says that `size` bytes are there.
        if unsafe { options.cast::<u8>().add(at).read() } != 0 {
            return Err(Failure::argument(
                "options",
                "no field that this version of the library lacks",
            ));
        }
    }
    if read.threads > 256 {
        return Err(Failure::argument("options.threads", "a whole number from 0 to 256"));
    }
    Ok(read)
}

/// Calls with what the options ask.
pub(crate) fn with_caller<T>(
    options: &PassendOptions,
    call: impl FnOnce(&mut Caller<'_>) -> T,
) -> T {
    let PassendOptions { progress, progress_context, log, log_context, .. } = *options;
    let mut tell = |done: usize, total: usize| match progress {
        // SAFETY: the caller says that it is a function of this type that may be called with this context.
        Some(progress) => unsafe { progress(progress_context, done, total) == 0 },
        None => true,
    };
    let mut say = |level: PassendLevel, line: &str| {
        if let Some(log) = log {
            let line = ended(line);
            // SAFETY: the same; the text lives until the function has returned.
            unsafe { log(log_context, level, line.as_ptr(), line.count_bytes()) };
        }
    };
    let limit = u64::from(options.time_limit_ms);
    call(&mut Caller {
        threads: usize::try_from(options.threads).unwrap_or_default(),
        time_limit: (limit > 0).then(|| Duration::from_millis(limit)),
        progress: progress.is_some().then_some(&mut tell),
        log: log.is_some().then_some(&mut say),
    })
}
