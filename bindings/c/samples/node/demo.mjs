// SPDX-License-Identifier: EUPL-1.2
// Ranks the demo with koffi: npm install && PASSEND_LIBRARY=… node demo.mjs fixtures/demo
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import koffi from "koffi";

const library = koffi.load(process.env.PASSEND_LIBRARY ?? "libpassend_c.so.1");
koffi.opaque("passend_engine");
koffi.struct("passend_buffer", {
  data: "void *", len: "size_t", report: "void *", report_len: "size_t", owner: "void *",
});
koffi.struct("passend_error", {
  message: "const char *", code: "const char *", field: "const char *", detail: "const char *",
  detail_len: "size_t", status: "int32_t", owner: "void *",
});
const engineNew = library.func(
  "int32_t passend_engine_new(const char *config, size_t len, _Out_ passend_engine **out, _Out_ passend_error *err)");
const engineFree = library.func("void passend_engine_free(passend_engine *engine)");
const passendRun = library.func(
  "int32_t passend_run(passend_engine *engine, const char *op, size_t op_len, const char *json, size_t json_len, " +
  "const void *options, _Out_ passend_buffer *out, _Out_ passend_error *err)");
const bufferFree = library.func("void passend_buffer_free(_Inout_ passend_buffer *buffer)");
const errorFree = library.func("void passend_error_free(_Inout_ passend_error *error)");

function check(status, error) {
  if (status !== 0) {
    const message = error.message;
    errorFree(error);
    throw new Error(message);
  }
}

function run(engine, op, request) {
  const json = JSON.stringify(request);
  const buffer = {}, error = {};
  check(passendRun(engine, op, Buffer.byteLength(op), json, Buffer.byteLength(json), null, buffer, error), error);
  try {
    return Buffer.from(koffi.decode(buffer.data, koffi.array("uint8_t", buffer.len, "Typed")));
  } finally {
    bufferFree(buffer);
  }
}

const folder = process.argv[2] ?? "fixtures/demo";
const out = [null], error = {};
check(engineNew(null, 0, out, error), error);
const lines = run(out[0], "match", {
  candidates: readFileSync(`${folder}/candidates.jsonl`, "utf8"),
  vacancies: readFileSync(`${folder}/vacancies.jsonl`, "utf8"),
  as_of: "2026-11-25",
  format: "jsonl",
});
engineFree(out[0]);
console.log(createHash("sha256").update(lines).digest("hex"));
