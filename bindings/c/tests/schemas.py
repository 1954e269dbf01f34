# SPDX-License-Identifier: EUPL-1.2
"""Holds every payload to its JSON Schema with a validator: PASSEND_LIBRARY=… python schemas.py

Examples in the schemas are requests; their answers, reports and errors come from the library. An answer may have no key
that its schema does not name.
"""

import copy
import ctypes
import json
import sys
from pathlib import Path

import jsonschema

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE.parent / "samples/python-ctypes"))
from demo import Buffer, Error, lib  # noqa: E402

SCHEMAS = {path.name.removesuffix(".json"): json.loads(path.read_text("utf-8")) for path in (HERE.parent / "schemas").iterdir()}
DAY = "2026-11-25"
checked = dict.fromkeys(SCHEMAS, 0)


def closed(schema):
    """The schema with no key allowed that it does not name."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: value if key in ("examples", "enum", "const", "default") else closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "additionalProperties" not in schema and "$ref" not in schema:
        made["unevaluatedProperties"] = False
    return made


def validator(name, strict):
    schema = copy.deepcopy(SCHEMAS[name])
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(closed(schema) if strict else schema, format_checker=jsonschema.FormatChecker())


OF = {name: validator(name, not name.endswith(".request") and name != "config") for name in SCHEMAS}


def valid(name, payload):
    errors = [f"{name} {error.json_path}: {error.message[:200]}" for error in OF[name].iter_errors(payload)]
    assert not errors, "\n".join(errors[:5])
    checked[name] += 1


def told(status, error):
    """The detail of an error, which is freed."""
    detail = json.loads(error.detail)
    assert detail["status"] == status == error.status
    valid("error.detail", detail)
    lib.passend_error_free(ctypes.byref(error))
    return detail


def new(config):
    engine, error = ctypes.c_void_p(), Error()
    text = json.dumps(config).encode()
    status = lib.passend_engine_new(text, len(text), ctypes.byref(engine), ctypes.byref(error))
    return (engine, None) if status == 0 else (None, told(status, error))


def run(engine, op, request):
    buffer, error = Buffer(), Error()
    name, text = op.encode(), json.dumps(request).encode()
    status = lib.passend_run(engine, name, len(name), text, len(text), None, ctypes.byref(buffer), ctypes.byref(error))
    if status != 0:
        return None, told(status, error)
    data, report = ctypes.string_at(buffer.data, buffer.len), json.loads(ctypes.string_at(buffer.report, buffer.report_len))
    lib.passend_buffer_free(ctypes.byref(buffer))
    valid("report", report)
    return data, None


def answered(engine, op, request):
    valid(f"{op}.request", request)
    data, failure = run(engine, op, request)
    assert failure is None, f"{op}: {failure}"
    answer = json.loads(data)
    valid(f"{op}.answer", answer)
    return answer


def refused(engine, op, request):
    """Both the validator and the library say no."""
    assert not OF[f"{op}.request"].is_valid(request), f"{op}: {request} is allowed by the schema"
    _, failure = run(engine, op, request)
    assert failure is not None, f"{op}: {request} is answered"


engine, _ = new({})
examples = {name.removesuffix(".request"): schema["examples"][0] for name, schema in SCHEMAS.items() if "examples" in schema}
first, last = ["market_load", "market_add"], ["market_remove", "market_snapshot", "market_drop"]
middle = [op for op in examples if op not in first + last]
for op in first + sorted(middle) + last:
    answered(engine, op, examples[op])
    refused(engine, op, {**examples[op], "no_such_key": 1})
    for key in SCHEMAS[f"{op}.request"].get("required", []):
        refused(engine, op, {other: value for other, value in examples[op].items() if other != key})

# The demo, with all that a record can hold there.
lines = {side: (ROOT / f"fixtures/demo/{side}.jsonl").read_text("utf-8") for side in ("candidates", "vacancies")}
people, work = ([json.loads(line) for line in lines[side].splitlines()] for side in ("candidates", "vacancies"))
sides = {"candidates": people, "vacancies": work, "as_of": DAY}
match = answered(engine, "match", {**sides, "people": True, "by": "both"})
answered(engine, "match", {"candidates": lines["candidates"], "vacancies": lines["vacancies"], "as_of": DAY, "detail": "brief"})
for line in match["matches"][::7]:
    pair = {"candidate": line["candidate"], "vacancy": line["vacancy"]}
    for reader in ("candidate", "caseworker", "employer"):
        answered(engine, "explain", {**sides, **pair, "reader": reader})
for person in people[:4]:
    answered(engine, "plan", {**sides, "candidate": person["id"]})
for op, more in {
    "questions": {}, "assign": {"goal": "score"}, "pools": {}, "supply": {}, "funnel": {"by": "region", "ids": True},
    "leverage": {"by": "province"}, "groups": {"by": ["status", "province"], "threshold": 3}, "relax": {"vacancy": work[0]["id"]},
}.items():
    answered(engine, op, {**sides, **more})
answered(engine, "diff", {**{key: sides[key] for key in ("candidates", "vacancies")}, "a_as_of": DAY, "b_as_of": "2027-06-01"})
for side, records in (("candidate", people), ("vacancy", work)):
    answered(engine, "check", {"side": side, "records": [*records, {"id": "wrong", "nationality": "x"}]})
for name in [None, *SCHEMAS]:
    data, _ = run(engine, "schema", {} if name is None else {"name": name})
    assert set(json.loads(data)["names"]) == set(SCHEMAS) if name is None else json.loads(data) == SCHEMAS[name], name

# Refused records are in the report and in the detail.
data, _ = run(engine, "match", {**sides, "candidates": [*people, {"id": "x", "skils": []}], "format": "jsonl"})
_, failure = run(engine, "match", {**sides, "candidates": [{"id": "x", "skils": []}], "strict": True})
assert failure["refused"][0]["code"] == "E201"
lib.passend_engine_free(engine)

for config in (
    {}, {"threads": 1, "announced": True, "max_markets": 2, "max_request_bytes": 1000},
    {"vocabulary": "occupation/5120-cook\tpannenkoekenbakker\ta\n"}, {"policy": []}, {"policy": [{"text": "", "name": "none"}]},
):
    valid("config", config)
    engine, failure = new(config)
    assert failure is None, failure
    lib.passend_engine_free(engine)
for config in ({"threads": 257}, {"threads": "x"}, {"thread": 1}, {"policy": 5}, {"places": {"path": "x"}}, {"announced": 1}):
    assert not OF["config"].is_valid(config), config
    assert new(config)[1] is not None, config

# No stream is opened here; its two payloads are those of `match` without the records.
never = {name for name, count in checked.items() if count == 0} - {"match_arrow.request", "match_arrow.answer", "schema.request"}
assert not never, f"never checked: {sorted(never)}"
print(f"{sum(checked.values())} payloads of {sum(map(bool, checked.values()))} schemas are valid")
