/* SPDX-License-Identifier: EUPL-1.2 */
/* C interface of the passend matching engine. Made by `cargo xtask header`; do not edit. See docs/embedding.md. */

#ifndef PASSEND_H
#define PASSEND_H

#include <stddef.h>
#include <stdint.h>

/* The version of the interface that this header describes; see `passend_abi_version`. */
#define PASSEND_ABI_VERSION 1

/* A stream of the Arrow C interface; its header defines it. */
struct ArrowArrayStream;

/*
 How a call ended: what every function gives back.
 */
enum passend_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /*
   Done; the result is in the out parameter.
   */
  PASSEND_STATUS_OK = 0,
  /*
   A pointer is NULL where it may not be, a text is not UTF-8, or the options cannot be used.
   */
  PASSEND_STATUS_INVALID_ARGUMENT = 1,
  /*
   The configuration, or a policy, vocabulary or list of places in it, cannot be used.
   */
  PASSEND_STATUS_INVALID_CONFIG = 2,
  /*
   The request is no JSON, lacks a key, has one too many, or a value that cannot be.
   */
  PASSEND_STATUS_INVALID_REQUEST = 3,
  /*
   There is no operation of this name.
   */
  PASSEND_STATUS_UNKNOWN_OPERATION = 4,
  /*
   Too many records were refused, or one where the request says that none may be.
   */
  PASSEND_STATUS_RECORDS_REFUSED = 5,
  /*
   No market, candidate or vacancy has this name or id.
   */
  PASSEND_STATUS_NOT_FOUND = 6,
  /*
   The progress callback asked to stop.
   */
  PASSEND_STATUS_CANCELLED = 7,
  /*
   The time limit of the options was reached.
   */
  PASSEND_STATUS_TIME_LIMIT = 8,
  /*
   The engine contradicts itself; the engine handle can still be used.
   */
  PASSEND_STATUS_INTERNAL = 9,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum passend_status passend_status;
#else
typedef int32_t passend_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/*
 How much a line of the log matters.
 */
enum passend_level
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /*
   The call could not do what was asked.
   */
  PASSEND_LEVEL_ERROR = 1,
  /*
   Something was left out or repaired.
   */
  PASSEND_LEVEL_WARNING = 2,
  /*
   What was done.
   */
  PASSEND_LEVEL_INFO = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum passend_level passend_level;
#else
typedef int32_t passend_level;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/*
 An engine: a policy, a vocabulary, threads and markets.

 May be used by many threads at once. Made by `passend_engine_new`, freed by `passend_engine_free`. It does not survive
 `fork`: make it in the child.
 */
typedef struct passend_engine passend_engine;

/*
 Why a call could not do what was asked. Set it to zeros before a call; free it with `passend_error_free`.
 */
typedef struct passend_error {
  /*
   What was expected and what to do, in English; ended by NUL. NULL if there is no error.
   */
  const char *message;
  /*
   Stable code such as `E310`; ended by NUL.
   */
  const char *code;
  /*
   The argument, key or record that it is about; empty for the call as a whole; ended by NUL.
   */
  const char *field;
  /*
   The same and more as JSON, in Dutch and English, with every record that was refused; ended by NUL.
   */
  const char *detail;
  /*
   Length of the detail in bytes, without the NUL.
   */
  size_t detail_len;
  /*
   The status that the function gave back.
   */
  int32_t status;
  /*
   The library's own.
   */
  void *owner;
} passend_error;

/*
 Told how many lists of how many are done; `total` is 0 until it is known. Another answer than 0 stops the call, which
 then gives `PASSEND_STATUS_CANCELLED`. Called by the thread that made the call, about ten times a second.
 */
typedef int32_t (*passend_progress)(void *context,
                                    size_t done,
                                    size_t total);

/*
 Told what a call does and what it leaves out; `message` is UTF-8 of `len` bytes, ended by NUL, and is gone afterwards.
 Called by the thread that made the call. It never holds a value of a record.
 */
typedef void (*passend_log)(void *context,
                            passend_level level,
                            const char *message,
                            size_t len);

/*
 What a caller may ask of a call. Set all of it to zeros, then `size`, then what is wanted.

 Callbacks must return: no `longjmp` and no C++ exception may leave them.
 */
typedef struct passend_options {
  /*
   `sizeof(passend_options)`: later versions of the library have more fields, and see by it what is there.
   */
  size_t size;
  /*
   Threads that work for this call; 0 = those of the engine.
   */
  uint32_t threads;
  /*
   The call ends with `PASSEND_STATUS_TIME_LIMIT` soon after so many milliseconds; 0 = no limit.
   */
  uint32_t time_limit_ms;
  /*
   Told how far it is; may be NULL.
   */
  passend_progress progress;
  /*
   Handed to `progress`.
   */
  void *progress_context;
  /*
   Told what is done; may be NULL.
   */
  passend_log log;
  /*
   Handed to `log`.
   */
  void *log_context;
} passend_options;

/*
 Bytes that the library allocated. Set it to zeros before a call; free it with `passend_buffer_free`.
 */
typedef struct passend_buffer {
  /*
   The result: UTF-8 text, most often JSON. Not ended by NUL. NULL if the call gave none.
   */
  const uint8_t *data;
  /*
   Length of the result in bytes.
   */
  size_t len;
  /*
   Counts of the records that were read for it, and every record that was refused, as JSON.
   */
  const uint8_t *report;
  /*
   Length of the report in bytes.
   */
  size_t report_len;
  /*
   The library's own.
   */
  void *owner;
} passend_buffer;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/*
 The version of this interface. A program that was built for this number runs with every library that gives it.
 */
uint32_t passend_abi_version(void);

/*
 Makes an engine.

 `config` is TOML or JSON in UTF-8, of `config_len` bytes; NULL gives the policy and vocabulary that come with the
 library. Its keys: `announced`, `threads`, `policy`, `vocabulary`, `places`, `purpose`, `max_request_bytes`, `max_markets`. No file is
 read but those that it names. On success `*out` is the engine; free it with `passend_engine_free`. `err` may be NULL.

 # Safety

 `config` is NULL or points to `config_len` bytes; `out` and `err` are NULL or point to what they name.
 */
passend_status passend_engine_new(const char *config,
                                  size_t config_len,
                                  struct passend_engine **out,
                                  struct passend_error *err);

/*
 Frees an engine and ends its threads. NULL is allowed. No call may be using it.

 # Safety

 `engine` is NULL or was given by `passend_engine_new`, was not freed before, and is used by no thread.
 */
void passend_engine_free(struct passend_engine *engine);

/*
 Runs an operation: `match`, `explain`, `plan`, `check` and the others that the operation `about` names.

 `op` and `json` are UTF-8 of so many bytes; the request has the keys that the operation `schema` tells. On success
 `*out` holds the answer. `options` may be NULL. `err` may be NULL.

 # Safety

 `engine` is NULL or was given by `passend_engine_new` and not freed; `op` and `json` are NULL or point to so many
 bytes; `options` is NULL or points to `options->size` bytes; `out` and `err` are NULL or point to what they name.
 */
passend_status passend_run(const struct passend_engine *engine,
                           const char *op,
                           size_t op_len,
                           const char *json,
                           size_t json_len,
                           const struct passend_options *options,
                           struct passend_buffer *out,
                           struct passend_error *err);

/*
 Runs `match` on records that come as Arrow C streams, and gives the pairs as one.

 The columns are the fields of the records, nested as in Parquet (`docs/records-parquet.md`). `json` holds the keys of
 `match_arrow.request`, which are those of `match` without the records; `vacancies` is NULL where it names a `market`. On
 success `*out` is a stream with a row for each pair, which the caller releases, and `*about`, which may be NULL, holds what is
 known around them. The streams that come in are read to their end and released whatever happens, by the thread that
 calls.

 # Safety

 What holds for `passend_run`; and `candidates` and `vacancies` are NULL or point to a valid Arrow C stream, `out` to room
 for one.
 */
passend_status passend_match_arrow(const struct passend_engine *engine,
                                   struct ArrowArrayStream *candidates,
                                   struct ArrowArrayStream *vacancies,
                                   const char *json,
                                   size_t json_len,
                                   const struct passend_options *options,
                                   struct ArrowArrayStream *out,
                                   struct passend_buffer *about,
                                   struct passend_error *err);

/*
 Frees what a buffer holds and sets it to zeros. NULL, and a buffer of zeros, are allowed.

 # Safety

 `buffer` is NULL or points to a buffer that is zeros or was filled by the library, and that was not copied and freed.
 */
void passend_buffer_free(struct passend_buffer *buffer);

/*
 Frees what an error holds and sets it to zeros. NULL, and an error of zeros, are allowed.

 # Safety

 `error` is NULL or points to an error that is zeros or was filled by the library, and that was not copied and freed.
 */
void passend_error_free(struct passend_error *error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* PASSEND_H */
