#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The compiler's documentation tool with leave to write JSON; only for it, since cargo would build all again with the variable.
RUSTC_BOOTSTRAP=1 exec rustdoc "$@"
