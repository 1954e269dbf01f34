/* SPDX-License-Identifier: EUPL-1.2 */
/* Ranks the demo and prints the result hash: cc demo.c $(pkg-config --cflags --libs passend) && ./a.out fixtures/demo */
#include <passend.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The lines of a file as a JSON list. */
static char *list_of(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    perror(path);
    exit(1);
  }
  size_t room = 1 << 20, len = 1;
  char *text = malloc(room);
  text[0] = '[';
  len += fread(text + 1, 1, room - 3, file);
  fclose(file);
  for (size_t at = 0; at < len; at++)
    if (text[at] == '\n') text[at] = ',';
  text[len - 1] = ']';
  text[len] = '\0';
  return text;
}

/* Runs an operation and gives its answer; tells what is wrong and ends if it cannot. */
static passend_buffer run(const passend_engine *engine, const char *op, const char *json) {
  passend_buffer answer = {0};
  passend_error error = {0};
  if (passend_run(engine, op, strlen(op), json, strlen(json), NULL, &answer, &error) != PASSEND_STATUS_OK) {
    fprintf(stderr, "%s\n", error.message);
    passend_error_free(&error);
    exit(1);
  }
  return answer;
}

int main(int argc, char **argv) {
  const char *folder = argc > 1 ? argv[1] : "fixtures/demo";
  char *people = list_of(folder, "candidates.jsonl"), *work = list_of(folder, "vacancies.jsonl");
  char *json = malloc(strlen(people) + strlen(work) + 200);

  passend_engine *engine = NULL;
  if (passend_abi_version() != PASSEND_ABI_VERSION || passend_engine_new(NULL, 0, &engine, NULL) != PASSEND_STATUS_OK)
    return 1;
  sprintf(json, "{\"market\":\"today\",\"vacancies\":%s}", work);
  passend_buffer answer = run(engine, "market_load", json);
  passend_buffer_free(&answer);

  sprintf(json, "{\"candidates\":%s,\"market\":\"today\",\"as_of\":\"2026-11-25\"}", people);
  answer = run(engine, "match", json);
  const char *hash = strstr((const char *)answer.data, "\"hash\":\"") + strlen("\"hash\":\"");
  printf("%.64s\n", hash);

  passend_buffer_free(&answer);
  passend_engine_free(engine);
  free(json);
  free(work);
  free(people);
  return 0;
}
