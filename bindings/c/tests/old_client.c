/* SPDX-License-Identifier: EUPL-1.2 */
/* A program as it was built for the first library of interface 1: it must run with every library that gives 1.
 *
 * It knows the header of that time alone, and options of that size and of half of it.
 */
#include "interface_1.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char REQUEST[] =
    "{\"candidates\":[{\"id\":\"c1\",\"residence\":{\"status\":\"free\"},\"experience\":[{\"title\":\"kok\"}]}],"
    "\"vacancies\":[{\"id\":\"v1\",\"title\":\"kok\"}],\"as_of\":\"2026-11-25\",\"format\":\"jsonl\"}";

static int called;

static int32_t count(void *context, size_t done, size_t total) {
  (void)done, (void)total;
  ++*(int *)context;
  return 0;
}

static void listen(void *context, passend_level level, const char *message, size_t len) {
  (void)level;
  if (strlen(message) == len) ++*(int *)context;
}

static void must(int holds, const char *what) {
  if (!holds) {
    fprintf(stderr, "old client: %s\n", what);
    exit(1);
  }
}

int main(void) {
  must(passend_abi_version() == 1, "the library has another interface");
  passend_error error = {0};
  passend_engine *engine = NULL;
  must(passend_engine_new("threads = 1", 11, &engine, &error) == PASSEND_STATUS_OK, "no engine");
  /* Guards behind what the library fills: a struct that grew would write over them. */
  struct {
    passend_buffer buffer;
    unsigned char guard[64];
  } out;
  struct {
    passend_error error;
    unsigned char guard[64];
  } err;
  passend_options options = {0};
  size_t sizes[] = {sizeof options, offsetof(passend_options, progress)};
  for (size_t at = 0; at < 2; at++) {
    memset(&out, 0, sizeof out);
    memset(&err, 0, sizeof err);
    memset(out.guard, 0x5a, sizeof out.guard);
    memset(err.guard, 0x5a, sizeof err.guard);
    options.size = sizes[at];
    options.threads = 1;
    options.time_limit_ms = 600000;
    options.progress = count;
    options.progress_context = &called;
    options.log = listen;
    options.log_context = &called;
    passend_status status =
        passend_run(engine, "match", 5, REQUEST, sizeof REQUEST - 1, &options, &out.buffer, &err.error);
    must(status == PASSEND_STATUS_OK && out.buffer.len > 0 && out.buffer.report_len > 0, "no answer");
    must((called > 0) == (at == 0), "options are not read as they were written");
    called = 0;
    passend_buffer_free(&out.buffer);
    status = passend_run(engine, "mach", 4, "{}", 2, NULL, &out.buffer, &err.error);
    must(status == PASSEND_STATUS_UNKNOWN_OPERATION && err.error.status == status, "another status");
    must(strcmp(err.error.code, "E340") == 0 && strcmp(err.error.field, "op") == 0, "another code or field");
    must(strlen(err.error.detail) == err.error.detail_len && strstr(err.error.message, "expected") != NULL, "no detail");
    passend_error_free(&err.error);
    for (size_t byte = 0; byte < sizeof out.guard; byte++)
      must(out.guard[byte] == 0x5a && err.guard[byte] == 0x5a, "the library wrote beyond a struct");
  }
  passend_engine_free(engine);
  puts("old client: runs");
  return 0;
}
