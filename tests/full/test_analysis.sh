#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The analyzer over every source, through the calls of each function:
# `make test` has it stay within the function.
exec sh tests/lint.sh "$(getconf _NPROCESSORS_ONLN)"
