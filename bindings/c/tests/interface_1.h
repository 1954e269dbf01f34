/* SPDX-License-Identifier: EUPL-1.2 */
/* The header of the first library of interface 1, without its comments. It is never changed: a program that was built with
 * it must run with every library of that interface. See old_client.c. */
#ifndef PASSEND_H
#define PASSEND_H

#include <stddef.h>
#include <stdint.h>

#define PASSEND_ABI_VERSION 1

enum passend_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif
 {
    PASSEND_STATUS_OK = 0,
    PASSEND_STATUS_INVALID_ARGUMENT = 1,
    PASSEND_STATUS_INVALID_CONFIG = 2,
    PASSEND_STATUS_INVALID_REQUEST = 3,
    PASSEND_STATUS_UNKNOWN_OPERATION = 4,
    PASSEND_STATUS_RECORDS_REFUSED = 5,
    PASSEND_STATUS_NOT_FOUND = 6,
    PASSEND_STATUS_CANCELLED = 7,
    PASSEND_STATUS_TIME_LIMIT = 8,
    PASSEND_STATUS_INTERNAL = 9,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum passend_status passend_status;
#else
typedef int32_t passend_status;
#endif
#endif

enum passend_level
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif
 {
    PASSEND_LEVEL_ERROR = 1,
    PASSEND_LEVEL_WARNING = 2,
    PASSEND_LEVEL_INFO = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum passend_level passend_level;
#else
typedef int32_t passend_level;
#endif
#endif

typedef struct passend_engine passend_engine;

typedef struct passend_error {
    const char *message;
    const char *code;
    const char *field;
    const char *detail;
    size_t detail_len;
    int32_t status;
    void *owner;
} passend_error;

typedef int32_t (*passend_progress)(void *context,
                                    size_t done,
                                    size_t total);

typedef void (*passend_log)(void *context,
                            passend_level level,
                            const char *message,
                            size_t len);

typedef struct passend_options {
    size_t size;
    uint32_t threads;
    uint32_t time_limit_ms;
    passend_progress progress;
    void *progress_context;
    passend_log log;
    void *log_context;
} passend_options;

typedef struct passend_buffer {
    const uint8_t *data;
    size_t len;
    const uint8_t *report;
    size_t report_len;
    void *owner;
} passend_buffer;

#ifdef __cplusplus
extern "C" {
#endif

uint32_t passend_abi_version(void);

passend_status passend_engine_new(const char *config,
                                  size_t config_len,
                                  struct passend_engine **out,
                                  struct passend_error *err);

void passend_engine_free(struct passend_engine *engine);

passend_status passend_run(const struct passend_engine *engine,
                           const char *op,
                           size_t op_len,
                           const char *json,
                           size_t json_len,
                           const struct passend_options *options,
                           struct passend_buffer *out,
                           struct passend_error *err);

void passend_buffer_free(struct passend_buffer *buffer);

void passend_error_free(struct passend_error *error);

#ifdef __cplusplus
}
#endif

#endif  