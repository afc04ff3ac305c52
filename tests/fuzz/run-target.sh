#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run-target.sh PROGRAM CORPUS DICTIONARY SECONDS BYTES
#
# Runs a fuzz target over its corpus, and then on inputs of its own making, until it has had SECONDS of a processor.
# OCTOHERALD_FUZZ_SECONDS is instead of SECONDS. What it finds lies beside the program as crash-…, leak-… or timeout-…; mend it, and put the input into the corpus.

set -uo pipefail
program=$1 corpus=$2 dictionary=$3 seconds=${OCTOHERALD_FUZZ_SECONDS:-$4} bytes=$5
name=$(basename "$program")
grown=$(mktemp -d)
# shellcheck disable=SC2064  # this folder, not a later one
trap "rm -rf '$grown'" EXIT
# Inputs of its own making are small and so many; what is large is in test-octoprint-hostile-answers.c.
limits=(-timeout=60 -rss_limit_mb=1024 -malloc_limit_mb=256 "-artifact_prefix=$(dirname "$program")/$name.")

echo 1..2
inputs=("$corpus"/*)
log=$grown.log
if "$program" "${limits[@]}" "${inputs[@]}" > "$log" 2>&1; then
  echo "ok 1 - ${#inputs[@]} inputs of the corpus"
else
  tail -n 60 "$log" >&2
  echo "not ok 1 - inputs of the corpus"
fi

# On the clock it may take long where others have the processor, but not forever.
"$program" "${limits[@]}" -max_len="$bytes" -max_total_time="$(( 20 * seconds ))" -dict="$dictionary" -print_final_stats=1 \
  "$grown" "$corpus" > "$log" 2>&1 &
pid=$!
ticks=$(( seconds * $(getconf CLK_TCK) ))
had=0
while read -r -a figures 2> /dev/null < "/proc/$pid/stat" && [[ ${figures[2]} != Z ]]; do
  had=$(( (figures[13] + figures[14]) / $(getconf CLK_TCK) ))
  if (( figures[13] + figures[14] >= ticks )); then
    # It ends the input at hand, and then itself, with its figures.
    kill -USR1 "$pid"
    break
  fi
  sleep 0.5
done
if wait "$pid"; then
  result=ok
else
  result='not ok'
  tail -n 60 "$log" >&2
fi
executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
rate=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
rm -f "$log"
echo "$result 2 - $had s of a processor: ${executions:-no} executions, ${rate:-0} a second, ${edges:-0} edges"
[[ $result == ok ]]
