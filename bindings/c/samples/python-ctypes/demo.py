# SPDX-License-Identifier: EUPL-1.2
"""Ranks the demo through the C library, without a Python package: PASSEND_LIBRARY=… python demo.py fixtures/demo"""

import ctypes
import hashlib
import json
import os
import sys
from pathlib import Path


class Buffer(ctypes.Structure):
    _fields_ = [
        ("data", ctypes.c_void_p), ("len", ctypes.c_size_t),
        ("report", ctypes.c_void_p), ("report_len", ctypes.c_size_t), ("owner", ctypes.c_void_p),
    ]


class Error(ctypes.Structure):
    _fields_ = [
        ("message", ctypes.c_char_p), ("code", ctypes.c_char_p), ("field", ctypes.c_char_p),
        ("detail", ctypes.c_char_p), ("detail_len", ctypes.c_size_t), ("status", ctypes.c_int32), ("owner", ctypes.c_void_p),
    ]


lib = ctypes.CDLL(os.environ.get("PASSEND_LIBRARY", "libpassend_c.so.1"))
lib.passend_engine_new.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(Error)]
lib.passend_engine_free.argtypes = [ctypes.c_void_p]
lib.passend_engine_free.restype = None
lib.passend_run.argtypes = [
    ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t,
    ctypes.c_void_p, ctypes.POINTER(Buffer), ctypes.POINTER(Error),
]


def check(status: int, error: Error) -> None:
    if status != 0:
        message = error.message.decode()
        lib.passend_error_free(ctypes.byref(error))
        raise ValueError(message)


def run(engine: ctypes.c_void_p, op: str, request: dict) -> bytes:
    buffer, error = Buffer(), Error()
    name, text = op.encode(), json.dumps(request).encode()
    check(lib.passend_run(engine, name, len(name), text, len(text), None, ctypes.byref(buffer), ctypes.byref(error)), error)
    try:
        return ctypes.string_at(buffer.data, buffer.len)
    finally:
        lib.passend_buffer_free(ctypes.byref(buffer))


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "fixtures/demo")
    engine, error = ctypes.c_void_p(), Error()
    check(lib.passend_engine_new(None, 0, ctypes.byref(engine), ctypes.byref(error)), error)
    lines = run(engine, "match", {
        "candidates": (folder / "candidates.jsonl").read_text(encoding="utf-8"),
        "vacancies": (folder / "vacancies.jsonl").read_text(encoding="utf-8"),
        "as_of": "2026-11-25",
        "format": "jsonl",
    })
    lib.passend_engine_free(engine)
    print(hashlib.sha256(lines).hexdigest())


if __name__ == "__main__":
    main()
