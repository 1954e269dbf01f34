// SPDX-License-Identifier: EUPL-1.2
//! The functions as C calls them: every pointer that may be wrong, and who owns what.
#![expect(unsafe_code, reason = "calls what C calls")]

use std::ffi::{CStr, c_char, c_void};
use std::ptr::{null, null_mut};
use std::sync::Arc;

use arrow_array::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator, StringArray};

use crate::*;

const REQUEST: &str = r#"{"candidates":[{"id":"c1","residence":{"status":"free"},"experience":[{"title":"kok"}]}],
    "vacancies":[{"id":"v1","title":"kok"}],"as_of":"2026-11-25","format":"jsonl"}"#;

fn buffer() -> PassendBuffer {
    PassendBuffer { data: null(), len: 0, report: null(), report_len: 0, owner: null_mut() }
}

fn error() -> PassendError {
    PassendError {
        message: null(),
        code: null(),
        field: null(),
        detail: null(),
        detail_len: 0,
        status: 0,
        owner: null_mut(),
    }
}

fn options() -> PassendOptions {
    PassendOptions {
        size: size_of::<PassendOptions>(),
        threads: 0,
        time_limit_ms: 0,
        progress: None,
        progress_context: null_mut(),
        log: None,
        log_context: null_mut(),
    }
}

fn pointer(text: &[u8]) -> *const c_char {
    text.as_ptr().cast()
}

/// The status and the code of an error, which is freed.
fn told(status: PassendStatus, mut err: PassendError) -> (PassendStatus, String, String) {
    assert_eq!(err.status, status as i32);
    assert!(!err.message.is_null());
    // SAFETY: the texts of an error end in NUL and live until it is freed.
    let text = |text| unsafe { CStr::from_ptr(text) }.to_str().unwrap().to_owned();
    let (code, field, detail) = (text(err.code), text(err.field), text(err.detail));
    assert_eq!(detail.len(), err.detail_len);
    assert!(text(err.message).starts_with(&code));
    assert!(serde_json::from_str::<serde_json::Value>(&detail).is_ok());
    // SAFETY: the library filled it; the second time it is zeros.
    unsafe {
        passend_error_free(&raw mut err);
        passend_error_free(&raw mut err);
    }
    assert!(err.message.is_null() && err.owner.is_null());
    (status, code, field)
}

struct Engine(*mut PassendEngine);

impl Engine {
    fn new(config: &str) -> Self {
        let (mut engine, mut err) = (null_mut(), error());
        // SAFETY: all pointers are of things that live here.
        let status = unsafe {
            passend_engine_new(
                pointer(config.as_bytes()),
                config.len(),
                &raw mut engine,
                &raw mut err,
            )
        };
        assert_eq!(status, PassendStatus::Ok);
        Self(engine)
    }

    fn run(
        &self,
        op: &[u8],
        json: &[u8],
        options: *const PassendOptions,
    ) -> Result<String, (PassendStatus, String, String)> {
        let (mut out, mut err) = (buffer(), error());
        // SAFETY: all pointers are of things that live here.
        let status = unsafe {
            passend_run(
                self.0,
                pointer(op),
                op.len(),
                pointer(json),
                json.len(),
                options,
                &raw mut out,
                &raw mut err,
            )
        };
        if status != PassendStatus::Ok {
            assert!(out.data.is_null());
            return Err(told(status, err));
        }
        assert!(err.message.is_null());
        // SAFETY: the library says that so many bytes are there.
        let (data, report) = unsafe {
            (
                std::slice::from_raw_parts(out.data, out.len).to_vec(),
                std::slice::from_raw_parts(out.report, out.report_len).to_vec(),
            )
        };
        assert!(serde_json::from_slice::<serde_json::Value>(&report).is_ok());
        // SAFETY: the library filled it; the second time it is zeros.
        unsafe {
            passend_buffer_free(&raw mut out);
            passend_buffer_free(&raw mut out);
        }
        assert!(out.data.is_null() && out.owner.is_null());
        Ok(String::from_utf8(data).unwrap())
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // SAFETY: `passend_engine_new` gave it.
        unsafe { passend_engine_free(self.0) };
    }
}

fn argument(field: &str) -> (PassendStatus, String, String) {
    (PassendStatus::InvalidArgument, "E310".to_owned(), field.to_owned())
}

#[test]
fn a_call_gives_lines_and_frees_them() {
    assert_eq!(passend_abi_version(), 1);
    let engine = Engine::new("");
    let lines = engine.run(b"match", REQUEST.as_bytes(), null()).unwrap();
    assert!(lines.starts_with("{\"candidate\":\"c1\",\"vacancy\":\"v1\",\"rank\":1"));
}

#[test]
fn null_is_answered_with_a_status() {
    let engine = Engine::new("");
    let (op, json) = (b"match", REQUEST.as_bytes());
    let run = |engine: *const PassendEngine,
               op: *const c_char,
               json: *const c_char,
               out: *mut PassendBuffer| {
        let mut err = error();
        // SAFETY: each pointer is NULL or of something that lives here.
        let status = unsafe { passend_run(engine, op, 5, json, 2, null(), out, &raw mut err) };
        told(status, err)
    };
    let mut out = buffer();
    let (op, json) = (pointer(op), pointer(json));
    assert_eq!(run(null(), op, json, &raw mut out), argument("engine"));
    assert_eq!(run(engine.0, null(), json, &raw mut out), argument("op"));
    assert_eq!(run(engine.0, op, null(), &raw mut out), argument("json"));
    assert_eq!(run(engine.0, op, json, null_mut()), argument("out"));
    // SAFETY: each pointer is NULL or of something that lives here.
    unsafe {
        // Nobody wants to know why.
        let status = passend_run(null(), op, 5, json, 2, null(), null_mut(), null_mut());
        assert_eq!(status, PassendStatus::InvalidArgument);
        let status = passend_engine_new(null(), 0, null_mut(), null_mut());
        assert_eq!(status, PassendStatus::InvalidArgument);
        let mut made = null_mut();
        assert_eq!(passend_engine_new(null(), 99, &raw mut made, null_mut()), PassendStatus::Ok);
        passend_engine_free(made);
        passend_engine_free(null_mut());
        passend_buffer_free(null_mut());
        passend_error_free(null_mut());
    }
}

#[test]
fn text_that_is_no_utf_8_and_lengths_that_cannot_be_are_answered() {
    let engine = Engine::new("");
    assert_eq!(engine.run(b"match", b"{\"k\":\"\xff\"}", null()).unwrap_err(), argument("json"));
    assert_eq!(engine.run(b"mat\xff", b"{}", null()).unwrap_err(), argument("op"));
    let (mut out, mut err) = (buffer(), error());
    // SAFETY: the length is refused before anything is read.
    let status = unsafe {
        passend_run(
            engine.0,
            pointer(b"match"),
            5,
            pointer(b"{}"),
            usize::MAX,
            null(),
            &raw mut out,
            &raw mut err,
        )
    };
    assert_eq!(told(status, err), argument("json_len"));
    let mut made = null_mut();
    let mut err = error();
    // SAFETY: all pointers are of things that live here.
    let status = unsafe { passend_engine_new(pointer(b"\xff"), 1, &raw mut made, &raw mut err) };
    assert_eq!(told(status, err), argument("config"));
    assert!(made.is_null());
}

#[test]
fn a_message_with_nul_in_it_is_whole() {
    let engine = Engine::new("");
    let failure = engine.run(b"match", b"{\"a\\u0000b\":1}", null()).unwrap_err();
    assert_eq!((failure.0, &*failure.2), (PassendStatus::InvalidRequest, "ab"));
}

/// Options of a client that was built with another header.
#[repr(C)]
struct Later {
    known: PassendOptions,
    more: usize,
}

#[test]
fn options_of_older_and_newer_clients_are_read() {
    let engine = Engine::new("");
    let run = |options: *const PassendOptions| engine.run(b"match", REQUEST.as_bytes(), options);
    let expected = run(null()).unwrap();
    let all = options();
    assert_eq!(run(&raw const all).unwrap(), expected);
    let oldest = size_of::<usize>();
    assert_eq!(run((&raw const oldest).cast()).unwrap(), expected);
    for size in [0, 1, oldest - 1, oldest + 12, 5000, usize::MAX] {
        let wrong = PassendOptions { size, ..options() };
        assert_eq!(run(&raw const wrong).unwrap_err(), argument("options.size"));
    }
    let known = PassendOptions { size: size_of::<Later>(), ..options() };
    let newer = Later { known, more: 0 };
    assert_eq!(run((&raw const newer).cast()).unwrap(), expected);
    let newer = Later { known, more: 1 };
    assert_eq!(run((&raw const newer).cast()).unwrap_err(), argument("options"));
    let threads = PassendOptions { threads: 257, ..options() };
    assert_eq!(run(&raw const threads).unwrap_err(), argument("options.threads"));
}

unsafe extern "C" fn count(context: *mut c_void, _done: usize, _total: usize) -> i32 {
    // SAFETY: the tests below hand over a number.
    let count = unsafe { &mut *context.cast::<i32>() };
    *count += 1;
    0
}

unsafe extern "C" fn stop(_context: *mut c_void, _done: usize, _total: usize) -> i32 {
    1
}

unsafe extern "C" fn keep(
    context: *mut c_void,
    _level: PassendLevel,
    message: *const c_char,
    len: usize,
) {
    // SAFETY: the tests below hand over a text; the message ends in NUL.
    let (text, line) = unsafe { (&mut *context.cast::<String>(), CStr::from_ptr(message)) };
    assert_eq!(line.count_bytes(), len);
    text.push_str(line.to_str().unwrap());
    text.push('\n');
}

#[test]
fn callbacks_are_called_and_can_stop() {
    let engine = Engine::new("");
    let (mut told, mut logged) = (0i32, String::new());
    let all = PassendOptions {
        threads: 1,
        time_limit_ms: 600_000,
        progress: Some(count),
        progress_context: (&raw mut told).cast(),
        log: Some(keep),
        log_context: (&raw mut logged).cast(),
        ..options()
    };
    let expected = engine.run(b"match", REQUEST.as_bytes(), null()).unwrap();
    assert_eq!(engine.run(b"match", REQUEST.as_bytes(), &raw const all).unwrap(), expected);
    assert!(told >= 2, "{told}");
    assert!(logged.contains("candidates: read 1, accepted 1, refused 0, warned 0\n"), "{logged}");
    let stopped = PassendOptions { progress: Some(stop), ..options() };
    let failure = engine.run(b"match", REQUEST.as_bytes(), &raw const stopped).unwrap_err();
    assert_eq!((failure.0, &*failure.1), (PassendStatus::Cancelled, "E342"));
    engine.run(b"mach", b"{}", &raw const all).unwrap_err();
    assert!(logged.contains("E340 op"), "{logged}");
}

#[test]
fn a_panic_does_not_get_out() {
    let engine = Engine::new("");
    let failure = engine.run(b"panic", b"{}", null()).unwrap_err();
    assert_eq!((failure.0, &*failure.1), (PassendStatus::Internal, "E390"));
    assert!(engine.run(b"match", REQUEST.as_bytes(), null()).is_ok());
}

#[test]
fn a_handle_may_be_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<handle::Handle>();
}

/// A stream of one batch with columns of text.
fn stream(columns: &[(&str, &[&str])]) -> FFI_ArrowArrayStream {
    let column = |values: &[&str]| Arc::new(StringArray::from(values.to_vec())) as ArrayRef;
    let batch =
        RecordBatch::try_from_iter(columns.iter().map(|(name, values)| (*name, column(values))));
    let batch = batch.unwrap();
    let schema = batch.schema();
    FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new([Ok(batch)], schema)))
}

fn people() -> FFI_ArrowArrayStream {
    let experience = r#"[{"title":"kok","months":36}]"#;
    stream(&[("id", &["c1", "c2"]), ("experience", &[experience, "wrong"])])
}

#[test]
fn arrow_streams_give_the_pairs_that_json_gives() {
    let engine = Engine::new("");
    let request = r#"{"candidates":[{"id":"c1","experience":[{"title":"kok","months":36}]}],
        "vacancies":[{"id":"v1","title":"kok"},{"id":"v2","title":"afwasser"}],"as_of":"2026-11-25"}"#;
    let expected: serde_json::Value =
        serde_json::from_str(&engine.run(b"match", request.as_bytes(), null()).unwrap()).unwrap();

    let (mut candidates, mut work) =
        (people(), stream(&[("id", &["v1", "v2"]), ("title", &["kok", "afwasser"])]));
    let json = r#"{"as_of":"2026-11-25"}"#;
    let (mut out, mut about, mut err) = (FFI_ArrowArrayStream::empty(), buffer(), error());
    // SAFETY: all pointers are of things that live here.
    let status = unsafe {
        passend_match_arrow(
            engine.0,
            &raw mut candidates,
            &raw mut work,
            pointer(json.as_bytes()),
            json.len(),
            null(),
            &raw mut out,
            &raw mut about,
            &raw mut err,
        )
    };
    assert_eq!(status, PassendStatus::Ok);
    // SAFETY: the library says that so many bytes are there.
    let text = unsafe { std::slice::from_raw_parts(about.data, about.len) }.to_vec();
    let told: serde_json::Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(told["hash"], expected["hash"]);
    assert_eq!(told["refused"][0]["path"], "experience");
    // SAFETY: the library filled both.
    let reader = unsafe { ArrowArrayStreamReader::from_raw(&raw mut out) }.unwrap();
    let rows: usize = reader.map(|batch| batch.unwrap().num_rows()).sum();
    assert_eq!(Some(rows), expected["matches"].as_array().map(Vec::len));
    // SAFETY: the library filled it.
    unsafe { passend_buffer_free(&raw mut about) };
}

#[test]
fn a_wrong_call_with_streams_is_answered_and_releases_them() {
    let engine = Engine::new("");
    let json = r#"{"as_of":"2026-11-25"}"#;
    let run = |engine: *const PassendEngine,
               candidates: *mut FFI_ArrowArrayStream,
               out: *mut FFI_ArrowArrayStream| {
        let mut err = error();
        // SAFETY: each pointer is NULL or of something that lives here.
        let status = unsafe {
            passend_match_arrow(
                engine,
                candidates,
                null_mut(),
                pointer(json.as_bytes()),
                json.len(),
                null(),
                out,
                null_mut(),
                &raw mut err,
            )
        };
        told(status, err)
    };
    let mut out = FFI_ArrowArrayStream::empty();
    let mut candidates = people();
    assert_eq!(run(null(), &raw mut candidates, &raw mut out), argument("engine"));
    assert!(candidates.release.is_none());
    assert_eq!(run(engine.0, null_mut(), &raw mut out), argument("candidates"));
    let mut released = FFI_ArrowArrayStream::empty();
    assert_eq!(run(engine.0, &raw mut released, &raw mut out), argument("candidates"));
    let mut candidates = people();
    assert_eq!(run(engine.0, &raw mut candidates, null_mut()), argument("out"));
    let mut candidates = people();
    let failure = run(engine.0, &raw mut candidates, &raw mut out);
    assert_eq!((failure.0, &*failure.2), (PassendStatus::InvalidRequest, "market"));
}

/// What holds before there is an engine: small enough for Miri, which `cargo xtask sanitize miri` runs it under.
mod boundary {
    use super::*;
    use crate::abi::{read_options, with_caller};
    use crate::answer::Answer;
    use crate::job::Level;

    #[test]
    fn an_answer_lives_until_it_is_freed_and_is_freed_once() {
        for data in [b"{}\n".to_vec(), Vec::new(), vec![0; 5000]] {
            let mut out = PassendBuffer::new(Answer { data: data.clone(), report: b"{}".to_vec() });
            // SAFETY: the buffer was just made of so many bytes.
            let (read, report) = unsafe {
                (
                    std::slice::from_raw_parts(out.data, out.len).to_vec(),
                    std::slice::from_raw_parts(out.report, out.report_len).to_vec(),
                )
            };
            assert_eq!((read, &*report), (data, &b"{}"[..]));
            // SAFETY: it was made by the library; the second time it is zeros.
            unsafe {
                passend_buffer_free(&raw mut out);
                passend_buffer_free(&raw mut out);
            }
            assert!(out.data.is_null() && out.report.is_null() && out.owner.is_null());
        }
    }

    #[test]
    fn a_wrong_configuration_gives_an_error_that_is_freed_once() {
        for (config, field) in
            [(&b"\xff"[..], "config"), (b"threads", ""), (b"threads = 999", "threads")]
        {
            let (mut made, mut err) = (null_mut(), error());
            // SAFETY: all pointers are of things that live here.
            let status = unsafe {
                passend_engine_new(pointer(config), config.len(), &raw mut made, &raw mut err)
            };
            assert!(made.is_null());
            assert_eq!(told(status, err).2, field);
        }
    }

    #[test]
    fn a_call_without_an_engine_reads_nothing_and_tells() {
        let (mut out, mut err) = (buffer(), error());
        // SAFETY: each pointer is NULL or of something that lives here; what is given with lengths is never read.
        let status = unsafe {
            passend_run(
                null(),
                pointer(b"match"),
                usize::MAX,
                null(),
                usize::MAX,
                null(),
                &raw mut out,
                &raw mut err,
            )
        };
        assert_eq!(told(status, err), argument("engine"));
        // SAFETY: each pointer is NULL.
        unsafe {
            passend_run(null(), null(), 0, null(), 0, null(), null_mut(), null_mut());
            passend_engine_free(null_mut());
        }
    }

    #[test]
    fn options_are_read_by_their_size_alone() {
        let all = PassendOptions { threads: 3, time_limit_ms: 9, ..options() };
        // A block of exactly the bytes that the size tells: one read too many is out of bounds.
        for fields in 1..=size_of::<PassendOptions>() / 8 {
            let mut block = vec![0u64; fields];
            let size = fields * 8;
            let known = PassendOptions { size, ..all };
            // SAFETY: both are at least so large, and the block is aligned for what is read from it.
            let read = unsafe {
                std::ptr::copy_nonoverlapping(
                    (&raw const known).cast::<u8>(),
                    block.as_mut_ptr().cast::<u8>(),
                    size,
                );
                read_options(block.as_ptr().cast())
            };
            let read = read.unwrap();
            assert_eq!(read.threads, if fields > 1 { 3 } else { 0 });
        }
        let later = Later { known: PassendOptions { size: size_of::<Later>(), ..all }, more: 7 };
        // SAFETY: it is as large as it says.
        let failure = unsafe { read_options((&raw const later).cast()) }.unwrap_err();
        assert_eq!(failure.field, "options");
        // SAFETY: NULL is allowed.
        assert_eq!(unsafe { read_options(null()) }.unwrap().threads, 0);
    }

    #[test]
    fn callbacks_get_their_own_context() {
        let (mut counted, mut logged) = (0i32, String::new());
        let asked = PassendOptions {
            progress: Some(count),
            progress_context: (&raw mut counted).cast(),
            log: Some(keep),
            log_context: (&raw mut logged).cast(),
            ..options()
        };
        with_caller(&asked, |caller| {
            assert!((caller.progress.as_mut().unwrap())(1, 2));
            (caller.log.as_mut().unwrap())(Level::Info, "read\0 1");
        });
        assert_eq!((counted, &*logged), (1, "read 1\n"));
    }

    #[test]
    fn streams_are_released_whatever_is_wrong() {
        let (mut candidates, mut work, mut err) = (people(), people(), error());
        let mut out = FFI_ArrowArrayStream::empty();
        // SAFETY: each pointer is NULL or of something that lives here.
        let status = unsafe {
            passend_match_arrow(
                null(),
                &raw mut candidates,
                &raw mut work,
                null(),
                0,
                null(),
                &raw mut out,
                null_mut(),
                &raw mut err,
            )
        };
        assert_eq!(told(status, err), argument("engine"));
        assert!(candidates.release.is_none() && work.release.is_none() && out.release.is_none());
    }
}
