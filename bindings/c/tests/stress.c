/* SPDX-License-Identifier: EUPL-1.2 */
/* Calls the library in bulk and in the wrong way; each mode ends with status 0 if all is well.
 *
 *   stress cycles N FOLDER        make an engine, match, free, N times: memory must stay flat
 *   stress threads N FOLDER       N threads on one engine: equal answers
 *   stress limits FOLDER          how many threads there are while many call, and after: no more than is said
 *   stress calls N SEED           N calls with NULL, cut, mixed and random bytes, in random order
 *   stress wrong                  a wrong call of every kind gives a status and a message
 *   stress person MARKET PEOPLE   one person after another against a loaded market: milliseconds
 */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <passend.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what) {
  fprintf(stderr, "stress: %s\n", what);
  exit(1);
}

static char *read_file(const char *path, size_t *len) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail(path);
  fseek(file, 0, SEEK_END);
  *len = (size_t)ftell(file);
  rewind(file);
  char *text = malloc(*len + 3);
  if (fread(text, 1, *len, file) != *len) fail(path);
  fclose(file);
  text[*len] = '\0';
  return text;
}

/* The lines of a file as a JSON list. */
static char *list_of(const char *folder, const char *name) {
  char path[4096];
  size_t len;
  snprintf(path, sizeof path, "%s%s%s", folder, *name ? "/" : "", name);
  char *lines = read_file(path, &len), *list = malloc(len + 3);
  list[0] = '[';
  for (size_t at = 0; at < len; at++) list[at + 1] = lines[at] == '\n' ? ',' : lines[at];
  if (len > 0 && list[len] == ',')
    memcpy(list + len, "]", 2);
  else
    memcpy(list + len + 1, "]", 2);
  free(lines);
  return list;
}

static char *request_of(const char *people, const char *work, const char *more) {
  size_t room = strlen(people) + strlen(work) + strlen(more) + 100;
  char *json = malloc(room);
  snprintf(json, room, "{\"candidates\":%s,\"vacancies\":%s,\"as_of\":\"2026-11-25\"%s}", people, work, more);
  return json;
}

static passend_status run(const passend_engine *engine, const char *op, const char *json, passend_buffer *out) {
  passend_error error = {0};
  passend_status status = passend_run(engine, op, strlen(op), json, strlen(json), NULL, out, &error);
  if (status != PASSEND_STATUS_OK) fprintf(stderr, "%s: %s\n", op, error.message);
  passend_error_free(&error);
  return status;
}

static passend_engine *engine_with(const char *config) {
  passend_engine *engine = NULL;
  if (passend_engine_new(config, config ? strlen(config) : 0, &engine, NULL) != PASSEND_STATUS_OK) fail("no engine");
  return engine;
}

/* Memory of the process that is in use, in KiB. */
static long resident(void) {
  long pages = 0, in_use = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file == NULL || fscanf(file, "%ld %ld", &pages, &in_use) != 2) return 0;
  fclose(file);
  return in_use * (sysconf(_SC_PAGESIZE) / 1024);
}

static int cycles(long count, const char *folder) {
  char *people = list_of(folder, "candidates.jsonl"), *work = list_of(folder, "vacancies.jsonl");
  char *json = request_of(people, work, ",\"k\":2,\"format\":\"jsonl\"");
  long early = 0;
  for (long at = 0; at < count; at++) {
    passend_engine *engine = engine_with("threads = 2");
    passend_buffer out = {0};
    if (run(engine, "match", json, &out) != PASSEND_STATUS_OK || out.len == 0) fail("no answer");
    passend_buffer_free(&out);
    passend_engine_free(engine);
    if (at == count / 10) early = resident();
  }
  long late = resident();
  printf("cycles %ld: %ld KiB after a tenth, %ld KiB at the end\n", count, early, late);
  free(json);
  free(people);
  free(work);
  /* The allocator may keep a little more; a leak of one answer each time would be far beyond. */
  return count >= 1000 && late > early + 4096;
}

struct shared {
  passend_engine *engine;
  const char *json;
  passend_buffer expected;
  int wrong;
};

static void *ask(void *context) {
  struct shared *shared = context;
  for (int at = 0; at < 8; at++) {
    passend_buffer out = {0};
    if (run(shared->engine, "match", shared->json, &out) != PASSEND_STATUS_OK || out.len != shared->expected.len ||
        memcmp(out.data, shared->expected.data, out.len) != 0)
      __atomic_store_n(&shared->wrong, 1, __ATOMIC_RELAXED);
    passend_buffer_free(&out);
  }
  return NULL;
}

static int threads(int count, const char *folder) {
  char *people = list_of(folder, "candidates.jsonl"), *work = list_of(folder, "vacancies.jsonl");
  size_t room = strlen(work) + 100;
  char *load = malloc(room), *json = malloc(strlen(people) + 100);
  snprintf(load, room, "{\"market\":\"m\",\"vacancies\":%s}", work);
  snprintf(json, strlen(people) + 100, "{\"candidates\":%s,\"market\":\"m\",\"as_of\":\"2026-11-25\",\"format\":\"jsonl\"}",
           people);
  struct shared shared = {engine_with(NULL), json, {0}, 0};
  passend_buffer out = {0};
  if (run(shared.engine, "market_load", load, &out) != PASSEND_STATUS_OK) fail("no market");
  passend_buffer_free(&out);
  if (run(shared.engine, "match", json, &shared.expected) != PASSEND_STATUS_OK) fail("no answer");
  pthread_t *all = calloc((size_t)count, sizeof *all);
  for (int at = 0; at < count; at++)
    if (pthread_create(&all[at], NULL, ask, &shared) != 0) fail("no thread");
  for (int at = 0; at < count; at++) pthread_join(all[at], NULL);
  printf("threads %d: %s\n", count, shared.wrong ? "answers differ" : "equal answers");
  passend_buffer_free(&shared.expected);
  passend_engine_free(shared.engine);
  free(all);
  free(load);
  free(json);
  free(people);
  free(work);
  return shared.wrong;
}

/* Threads of the process; 0 where the system does not tell. */
static long threads_now(void) {
  long count = 0;
  DIR *all = opendir("/proc/self/task");
  if (all == NULL) return 0;
  for (struct dirent *one = readdir(all); one != NULL; one = readdir(all)) count += one->d_name[0] != '.';
  closedir(all);
  return count;
}

struct asked {
  const passend_engine *engine;
  const char *json;
  passend_options options;
  long most;
};

static int32_t count_threads(void *context, size_t done, size_t total) {
  struct asked *asked = context;
  long now = threads_now();
  (void)done, (void)total;
  if (now > asked->most) asked->most = now;
  return 0;
}

static void *ask_once(void *context) {
  struct asked *asked = context;
  passend_buffer out = {0};
  if (passend_run(asked->engine, "match", 5, asked->json, strlen(asked->json), &asked->options, &out, NULL) != PASSEND_STATUS_OK)
    fail("no answer");
  count_threads(asked, 0, 0);
  passend_buffer_free(&out);
  return NULL;
}

enum { CALLERS = 4 };

/* Callers with threads of their own on an engine of so many threads; with a callback each call may have one more. */
static long most_threads(const char *json, const char *config, int callback) {
  pthread_t all[CALLERS];
  struct asked asked[CALLERS];
  passend_engine *engine = engine_with(config);
  for (int at = 0; at < CALLERS; at++) {
    asked[at] = (struct asked){engine, json, {.size = sizeof(passend_options)}, 0};
    if (callback) asked[at].options.progress = count_threads, asked[at].options.progress_context = &asked[at];
    if (pthread_create(&all[at], NULL, ask_once, &asked[at]) != 0) fail("no thread");
  }
  long most = 0;
  for (int at = 0; at < CALLERS; at++) pthread_join(all[at], NULL);
  for (int at = 0; at < CALLERS; at++) most = asked[at].most > most ? asked[at].most : most;
  passend_engine_free(engine);
  return most;
}

static int limits(const char *folder) {
  char *people = list_of(folder, "candidates.jsonl"), *work = list_of(folder, "vacancies.jsonl");
  char *json = request_of(people, work, "");
  long before = threads_now();
  if (before == 0) printf("SKIPPED threads: the system does not tell how many there are\n");
  for (int engine = 1; before > 0 && engine <= 2; engine++) {
    for (int callback = 0; callback < 2; callback++) {
      char config[32];
      snprintf(config, sizeof config, "threads = %d", engine);
      long most = most_threads(json, config, callback), allowed = before + CALLERS + engine + CALLERS * callback;
      printf("threads = %d, %d callers%s: %ld, at most %ld\n", engine, CALLERS, callback ? " with a callback" : "", most, allowed);
      if (most > allowed) fail("more threads than is said");
      if (threads_now() != before) fail("threads are left when the engine is gone");
    }
  }
  free(json);
  free(people);
  free(work);
  return 0;
}

static uint64_t state;

static uint64_t drawn(uint64_t below) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return below ? (state >> 11) % below : 0;
}

static int32_t sometimes_stop(void *context, size_t done, size_t total) {
  (void)context, (void)done, (void)total;
  return drawn(4) == 0;
}

static void listen(void *context, passend_level level, const char *message, size_t len) {
  (void)context;
  if (level < 1 || level > 3 || strlen(message) != len) fail("a message of the log is not whole");
}

#define PERSON "{\"id\":\"c1\",\"residence\":{\"status\":\"free\"},\"experience\":[{\"title\":\"kok\",\"months\":36}]}"
#define WORK "{\"id\":\"v1\",\"title\":\"kok\",\"require\":{\"languages\":[{\"code\":\"nl\",\"min\":\"B1\"}]}}"
#define DAY "\"as_of\":\"2026-11-25\""
#define PEOPLE "\"candidates\":[" PERSON "],"
#define SIDES PEOPLE "\"vacancies\":[" WORK "]," DAY
#define LOADED PEOPLE "\"market\":\"m\"," DAY
#define LISTED(who) "{\"candidate\":\"" who "\",\"vacancy\":\"v1\",\"rank\":1,\"score\":5}"
/* Operations with a request that each can answer; the last two are none. */
static const struct {
  const char *op, *request;
} PAIRS[] = {
    {"match", "{" SIDES "}"},
    {"match", "{" LOADED ",\"k\":3,\"by\":\"both\"}"},
    {"match", "{" LOADED ",\"people\":true,\"spread\":5,\"format\":\"jsonl\"}"},
    {"match_arrow", "{" DAY "}"},
    {"explain", "{" SIDES ",\"vacancy\":\"v1\",\"format\":\"html\"}"},
    {"explain", "{" LOADED ",\"vacancy\":\"v1\",\"reader\":\"employer\"}"},
    {"plan", "{" SIDES ",\"candidate\":\"c1\"}"},
    {"questions", "{" LOADED "}"},
    {"relax", "{" LOADED ",\"vacancy\":\"v1\"}"},
    {"diff", "{\"candidates\":" PERSON ",\"vacancies\":" WORK ",\"a_as_of\":\"2026-11-25\",\"b_announced\":true}"},
    {"diff", "{\"candidates\":" PERSON ",\"vacancies\":" WORK ",\"a_as_of\":\"2026-11-25\",\"b_as_of\":\"2027-01-01\"}"},
    {"assign", "{" SIDES ",\"goal\":\"score\",\"demands\":true}"},
    {"assign", "{" LOADED ",\"goal\":\"placements\",\"every_pair\":true,\"coaches\":[{\"id\":\"a\",\"candidates\":[\"c1\"],\"cases\":1}]}"},
    {"pools", "{" SIDES ",\"select\":true}"},
    {"place", "{" SIDES ",\"quotas\":[{\"id\":\"Assen\",\"quota\":2}],\"households\":[{\"id\":\"h1\",\"adults\":[\"c1\"]}]}"},
    {"lessons", "{" SIDES ",\"timetables\":[{\"id\":\"a\",\"slots\":[{\"day\":\"mon\",\"from\":\"10:00\",\"to\":\"12:00\"}]}]}"},
    {"leverage", "{" LOADED ",\"together\":1}"},
    {"funnel", "{" SIDES ",\"by\":\"route\",\"ids\":true}"},
    {"supply", "{" SIDES "}"},
    {"groups", "{\"candidates\":\"id,location.municipality\\na,Emmen\\nb,Emmen\\nc,Emmen\\nd,Assen\\ne,Assen\\nf,Assen\\n\",\"market\":\"m\"," DAY
               ",\"by\":[\"municipality\"],\"threshold\":3}"},
    {"report", "{" SIDES ",\"name\":\"\\u20ac\",\"format\":\"html\"}"},
    {"sensitivity", "{" LOADED "}"},
    {"fairness", "{\"result\":[" LISTED("a") "," LISTED("b") "," LISTED("c") "," LISTED("g") "," LISTED("h") "," LISTED("i") "],"
                 "\"audit\":\"id,group\\na,x\\nb,x\\nc,x\\nd,x\\ne,x\\nf,x\\ng,y\\nh,y\\ni,y\\nj,y\\nk,y\\nl,y\\n\","
                 "\"threshold\":3,\"rounding\":0}"},
    {"monitor", "{\"events\":[{\"date\":\"2026-11-02\",\"candidate\":\"c1\",\"vacancy\":\"v1\",\"event\":\"proposed\"}]," PEOPLE DAY "}"},
    {"register", "{" DAY "}"},
    {"check", "{\"side\":\"candidate\",\"records\":[" PERSON ",{\"id\":5}]}"},
    {"check", "{\"side\":\"vacancy\",\"records\":\"id,title\\nv1,kok\\n\"}"},
    {"link", "{\"texts\":[\"kok\",\"\"],\"kind\":\"skill\",\"k\":2}"},
    {"related", "{\"ids\":[\"occupation/5120-cook\"]}"},
    {"rules", "{\"as_of\":\"2023-11-01\"}"},
    {"schema", "{\"name\":\"match.request\"}"},
    {"about", "{}"},
    {"market_load", "{\"market\":\"m\",\"vacancies\":[" WORK "]}"},
    {"market_load", "{\"market\":\"m\",\"vacancies\":[" WORK "]," DAY "}"},
    {"market_add", "{\"market\":\"m\",\"vacancies\":[{\"id\":\"v2\",\"title\":\"afwasser\"}]}"},
    {"market_remove", "{\"market\":\"m\",\"ids\":[\"v2\",\"v3\"]}"},
    {"market_snapshot", "{\"market\":\"m\"}"},
    {"market_drop", "{\"market\":\"m\"}"},
    {"mach", "{" DAY ",\"market\":\"m\"}"},
    {"", "[[[[[[[[[[[[[[[["},
};
static const char *const CONFIGS[] = {"", "threads = 1", "{\"announced\":true}", "policy = 'x'", "max_markets = 1\nthreads = 2"};
#define COUNT(list) (sizeof(list) / sizeof *(list))

/* A text that is most often nearly right: NULL, random, cut, or with some bytes changed. Gives its length. */
static size_t text(const char *from, char *room, const char **at) {
  size_t len = strlen(from);
  memcpy(room, from, len);
  *at = room;
  switch (drawn(8)) {
  case 0:
    *at = NULL;
    return drawn(100);
  case 1:
    len = drawn(64);
    for (size_t i = 0; i < len; i++) room[i] = (char)drawn(256);
    return len;
  case 2:
    return drawn(len + 1);
  case 3:
    for (uint64_t i = drawn(4) + 1; i > 0 && len > 0; i--) room[drawn(len)] = (char)drawn(256);
    return len;
  case 4:
    return drawn(50) ? len : SIZE_MAX - drawn(3);
  default:
    return len;
  }
}

/* The Arrow C interface, as its page gives it. */
struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children, *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};
struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void **buffers;
  struct ArrowArray **children, *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

static long streams_open;

static void schema_done(struct ArrowSchema *schema) {
  schema->release = NULL;
}

/* One column `id` of text. */
static int text_schema(struct ArrowArrayStream *stream, struct ArrowSchema *schema) {
  static struct ArrowSchema id, *children[] = {&id};
  (void)stream;
  memset(schema, 0, sizeof *schema);
  id = *schema;
  id.format = "u", id.name = "id", id.flags = 2, id.release = schema_done;
  schema->format = "+s", schema->name = "", schema->n_children = 1, schema->children = children, schema->release = schema_done;
  return 0;
}

/* A column that is no list of columns. */
static int other_schema(struct ArrowArrayStream *stream, struct ArrowSchema *schema) {
  text_schema(stream, schema);
  schema->format = "i", schema->n_children = 0, schema->children = NULL;
  return 0;
}

static int no_schema(struct ArrowArrayStream *stream, struct ArrowSchema *schema) {
  (void)stream, (void)schema;
  return 22;
}

static int no_rows(struct ArrowArrayStream *stream, struct ArrowArray *array) {
  (void)stream;
  memset(array, 0, sizeof *array);
  return 0;
}

static void array_done(struct ArrowArray *array) {
  array->release = NULL;
}

/* One row, once. */
static int one_row(struct ArrowArrayStream *stream, struct ArrowArray *array) {
  static const int32_t ends[] = {0, 2};
  static const void *none[] = {NULL}, *text[] = {NULL, ends, "c1"};
  static struct ArrowArray id, *children[] = {&id};
  memset(array, 0, sizeof *array);
  stream->get_next = no_rows;
  id = *array;
  id.length = 1, id.n_buffers = 3, id.buffers = text, id.release = array_done;
  array->length = 1, array->n_buffers = 1, array->buffers = none, array->n_children = 1, array->children = children;
  array->release = array_done;
  return 0;
}

static int broken(struct ArrowArrayStream *stream, struct ArrowArray *array) {
  (void)stream, (void)array;
  return 5;
}

static const char *why_broken(struct ArrowArrayStream *stream) {
  return stream->get_next == broken ? "\xff broken" : NULL;
}

static void stream_done(struct ArrowArrayStream *stream) {
  streams_open--;
  stream->release = NULL;
}

/* NULL, released, or a stream with a row or none, of the wrong shape, or one that breaks; where it is to be right, one with a row. */
static struct ArrowArrayStream *some_stream(struct ArrowArrayStream *room, uint64_t right) {
  static int (*const SCHEMAS[])(struct ArrowArrayStream *, struct ArrowSchema *) = {text_schema, text_schema, text_schema,
                                                                                    other_schema, no_schema};
  memset(room, 0, sizeof *room);
  if (!right && drawn(8) == 0) return NULL;
  if (!right && drawn(8) == 0) return room;
  room->get_schema = SCHEMAS[right ? 0 : drawn(5)];
  room->get_next = right || drawn(2) ? one_row : drawn(2) ? no_rows : broken;
  room->get_last_error = why_broken;
  room->release = stream_done;
  streams_open++;
  return room;
}

/* Each pair is answered where its market is loaded, so that calls that are right get past the door. */
static void pairs_are_answered(const passend_engine *engine) {
  passend_buffer out = {0};
  if (run(engine, "market_load", "{\"market\":\"m\",\"vacancies\":[" WORK "]}", &out) != PASSEND_STATUS_OK) fail("no market");
  passend_buffer_free(&out);
  for (size_t at = 0; at + 2 < COUNT(PAIRS); at++) {
    if (strcmp(PAIRS[at].op, "match_arrow") == 0) continue;
    if (run(engine, PAIRS[at].op, PAIRS[at].request, &out) != PASSEND_STATUS_OK) fail("a pair is not answered");
    passend_buffer_free(&out);
  }
}

static int calls(long count, uint64_t seed) {
  state = seed * 2654435761u + 88172645463325252u;
  passend_engine *engine = engine_with("threads = 2");
  pairs_are_answered(engine);
  static char name[4096], json[4096], config[4096];
  union {
    passend_options options;
    unsigned char bytes[8192];
  } asked;
  passend_buffer kept[8] = {{0}};
  passend_error errors[8] = {{0}};
  long told[16] = {0};
  for (long at = 0; at < count; at++) {
    passend_buffer *out = &kept[drawn(8)];
    passend_error *err = &errors[drawn(8)];
    const char *op, *request;
    passend_status status;
    switch (drawn(16)) {
    case 0:
      passend_buffer_free(drawn(8) ? out : NULL);
      continue;
    case 1:
      passend_error_free(drawn(8) ? err : NULL);
      continue;
    case 2:
      if (drawn(400) == 0) {
        passend_engine_free(engine);
        engine = NULL;
      }
      break;
    default:
      break;
    }
    if (engine == NULL) {
      const char *given;
      size_t len = text(CONFIGS[drawn(COUNT(CONFIGS))], config, &given);
      passend_error_free(err);
      status = passend_engine_new(given, len, drawn(16) ? &engine : NULL, drawn(4) ? err : NULL);
      told[status & 15]++;
      continue;
    }
    /* Every other call is as it should be; of the others half have the request of their operation, changed or not. */
    uint64_t right = drawn(2), own = drawn(COUNT(PAIRS)), other = right || drawn(2) ? own : drawn(COUNT(PAIRS));
    size_t op_len = strlen(PAIRS[own].op), json_len = strlen(PAIRS[other].request);
    memset(&asked, 0, sizeof asked);
    asked.options.size = sizeof asked.options;
    if (right) {
      op = PAIRS[own].op, request = PAIRS[own].request;
    } else {
      op_len = text(PAIRS[own].op, name, &op), json_len = text(PAIRS[other].request, json, &request);
      if (drawn(8) == 0) asked.options.size = drawn(sizeof asked);
      if (drawn(64) == 0) asked.bytes[sizeof asked.options + drawn(64)] = 1;
    }
    if (drawn(16) == 0) asked.options.threads = (uint32_t)drawn(3);
    if (drawn(16) == 0) asked.options.time_limit_ms = (uint32_t)drawn(3);
    if (drawn(32) == 0) asked.options.progress = sometimes_stop;
    if (drawn(32) == 0) asked.options.log = listen;
    passend_buffer_free(out);
    passend_error_free(err);
    const passend_engine *to = right || drawn(32) ? engine : NULL;
    const passend_options *options = drawn(4) ? &asked.options : NULL;
    passend_error *why = drawn(8) ? err : NULL;
    if (right ? strcmp(op, "match_arrow") == 0 : drawn(16) == 0) {
      struct ArrowArrayStream people, work, pairs = {0};
      struct ArrowArrayStream *given = some_stream(&people, right), *others = some_stream(&work, right);
      status = passend_match_arrow(to, given, others, request, json_len, options, right || drawn(32) ? &pairs : NULL,
                                   drawn(8) ? out : NULL, why);
      if (pairs.release) pairs.release(&pairs);
      if (streams_open != 0) fail("a stream that came in was not released once");
    } else {
      status = passend_run(to, op, op_len, request, json_len, options, right || drawn(32) ? out : NULL, why);
      /* Of lines there may be none. */
      if (status == PASSEND_STATUS_OK && (out->data == NULL || (out->len > 0 && out->data[out->len - 1] == '\0')))
        fail("an answer is not whole");
    }
    if (status < 0 || status > PASSEND_STATUS_INTERNAL) fail("a status that is not in the header");
    if (status == PASSEND_STATUS_INTERNAL) fail(err->message ? err->message : "internal");
    told[status]++;
  }
  for (int at = 0; at < 8; at++) {
    passend_buffer_free(&kept[at]);
    passend_error_free(&errors[at]);
  }
  passend_engine_free(engine);
  printf("calls %ld:", count);
  for (int at = 0; at <= PASSEND_STATUS_INTERNAL; at++) printf(" status %d %ld", at, told[at]);
  printf("\n");
  return told[PASSEND_STATUS_OK] == 0;
}

static void expect(passend_status status, passend_status expected, passend_error *error, const char *field) {
  if (status != expected || error->status != expected || error->message == NULL || strlen(error->message) < 20 ||
      strcmp(error->field, field) != 0) {
    fprintf(stderr, "stress: status %d, expected %d: %s\n", (int)status, (int)expected, error->message ? error->message : "-");
    exit(1);
  }
  printf("%d %s\n", (int)status, error->message);
  passend_error_free(error);
}

static int32_t stop(void *context, size_t done, size_t total) {
  (void)context, (void)done, (void)total;
  return 1;
}

static int wrong(void) {
  passend_engine *engine = NULL;
  passend_error error = {0};
  passend_buffer out = {0};
  const char *ok = PAIRS[0].request;
  passend_options options = {0};
#define RUN(e, op, json, opt, o) passend_run(e, op, op ? strlen(op) : 0, json, json ? strlen(json) : 0, opt, o, &error)
  const char *none = NULL, *match = "match", *mach = "mach";
  expect(passend_engine_new(NULL, 0, NULL, &error), PASSEND_STATUS_INVALID_ARGUMENT, &error, "out");
  expect(passend_engine_new("\xff", 1, &engine, &error), PASSEND_STATUS_INVALID_ARGUMENT, &error, "config");
  expect(passend_engine_new("threads", 7, &engine, &error), PASSEND_STATUS_INVALID_CONFIG, &error, "");
  expect(passend_engine_new("policy='x'", 10, &engine, &error), PASSEND_STATUS_INVALID_CONFIG, &error, "policy");
  engine = engine_with(NULL);
  expect(RUN(NULL, match, ok, NULL, &out), PASSEND_STATUS_INVALID_ARGUMENT, &error, "engine");
  expect(RUN(engine, none, ok, NULL, &out), PASSEND_STATUS_INVALID_ARGUMENT, &error, "op");
  expect(RUN(engine, match, none, NULL, &out), PASSEND_STATUS_INVALID_ARGUMENT, &error, "json");
  expect(RUN(engine, match, ok, NULL, NULL), PASSEND_STATUS_INVALID_ARGUMENT, &error, "out");
  expect(RUN(engine, match, ok, &options, &out), PASSEND_STATUS_INVALID_ARGUMENT, &error, "options.size");
  options.size = sizeof options;
  options.threads = 1000;
  expect(RUN(engine, match, ok, &options, &out), PASSEND_STATUS_INVALID_ARGUMENT, &error, "options.threads");
  options.threads = 0;
  options.progress = stop;
  expect(RUN(engine, match, ok, &options, &out), PASSEND_STATUS_CANCELLED, &error, "");
  expect(RUN(engine, mach, ok, NULL, &out), PASSEND_STATUS_UNKNOWN_OPERATION, &error, "op");
  const char *empty = "{}", *torn = "{\"candidates\":", *market = PAIRS[1].request;
  const char *strict = "{\"candidates\":[{\"id\":\"c1\",\"age\":5}],\"vacancies\":[],\"as_of\":\"2026-11-25\",\"strict\":true}";
  expect(RUN(engine, match, empty, NULL, &out), PASSEND_STATUS_INVALID_REQUEST, &error, "candidates");
  expect(RUN(engine, match, torn, NULL, &out), PASSEND_STATUS_INVALID_REQUEST, &error, "");
  expect(RUN(engine, match, market, NULL, &out), PASSEND_STATUS_NOT_FOUND, &error, "market");
  expect(RUN(engine, match, strict, NULL, &out), PASSEND_STATUS_RECORDS_REFUSED, &error, "candidates");
  if (RUN(engine, match, ok, NULL, &out) != PASSEND_STATUS_OK) fail("the engine cannot be used any more");
  passend_buffer_free(&out);
  passend_engine_free(engine);
  return 0;
}

static double milliseconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int person(const char *market, const char *people) {
  size_t len;
  char *work = list_of(market, ""), *lines = read_file(people, &len);
  size_t room = strlen(work) + 100;
  char *json = malloc(room > len + 200 ? room : len + 200);
  passend_engine *engine = engine_with(NULL);
  passend_buffer out = {0};
  sprintf(json, "{\"market\":\"m\",\"vacancies\":%s,\"as_of\":\"2026-11-25\"}", work);
  double begin = milliseconds(CLOCK_MONOTONIC);
  if (run(engine, "market_load", json, &out) != PASSEND_STATUS_OK) fail("no market");
  passend_buffer_free(&out);
  printf("market_load: %.0f ms\n", milliseconds(CLOCK_MONOTONIC) - begin);
  double most = 0, all = 0, cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
  int count = 0;
  for (char *line = strtok(lines, "\n"); line != NULL && count < 50; line = strtok(NULL, "\n"), count++) {
    sprintf(json, "{\"candidates\":%s,\"market\":\"m\",\"as_of\":\"2026-11-25\"}", line);
    begin = milliseconds(CLOCK_MONOTONIC);
    if (run(engine, "match", json, &out) != PASSEND_STATUS_OK) fail("no answer");
    passend_buffer_free(&out);
    double took = milliseconds(CLOCK_MONOTONIC) - begin;
    all += took;
    if (took > most) most = took;
  }
  cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  printf("one person: %.1f ms on average, %.1f ms at most, %.1f ms of cpu, %d people\n", all / count, most, cpu / count, count);
  passend_engine_free(engine);
  free(json);
  free(lines);
  free(work);
  return 0;
}

int main(int argc, char **argv) {
  const char *mode = argc > 1 ? argv[1] : "";
  if (strcmp(mode, "cycles") == 0 && argc == 4) return cycles(atol(argv[2]), argv[3]);
  if (strcmp(mode, "threads") == 0 && argc == 4) return threads(atoi(argv[2]), argv[3]);
  if (strcmp(mode, "limits") == 0 && argc == 3) return limits(argv[2]);
  if (strcmp(mode, "calls") == 0 && argc == 4) return calls(atol(argv[2]), (uint64_t)atol(argv[3]));
  if (strcmp(mode, "wrong") == 0) return wrong();
  if (strcmp(mode, "person") == 0 && argc == 4) return person(argv[2], argv[3]);
  fail("expected cycles N FOLDER, threads N FOLDER, limits FOLDER, calls N SEED, wrong, or person MARKET PEOPLE");
}
