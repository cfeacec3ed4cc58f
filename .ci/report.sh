# Sourced by run: how checks are run and counted. `work` is a folder that goes at the end, `fast` one for what tests write.
reference=$(cd .. && pwd)/shared
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fast=$work # in memory where there is room
[ -w /dev/shm ] && [ "$(df --output=avail -m /dev/shm 2>/dev/null | tail -n 1)" -gt 4096 ] 2>/dev/null && fast=/dev/shm
export reference work fast
passed=0 failed=0

check() { # check NAME COMMAND...: one check, its output shown only if it fails
  local name=$1 begun=$SECONDS; shift
  if ("$@") >"$work/log" 2>&1; then passed=$((passed + 1)); echo "ok   $name ($((SECONDS - begun)) s)"
  else fail "$name"; tail -n 60 "$work/log"; fi
  grep -ah '^FIGURE' "$work/log" | sed 's/^FIGURE //' >>"$work/figures"
}

fail() { failed=$((failed + 1)); echo "FAIL $1"; }

skip() { echo "*** SKIPPED: $1 ***"; }

count() { # count NAME FILE: adds the figures of a line `N passed, N failed`
  local line; line=$(grep -aE '^[0-9]+ passed, [0-9]+ failed$' "$2" | tail -n 1)
  if [ -z "$line" ]; then fail "$1: no result"; tail -n 60 "$2"; return; fi
  read -r p _ f _ <<<"$line"
  passed=$((passed + p)) failed=$((failed + f))
  echo "$1: $line"; [ "$f" -eq 0 ] || grep -aE '^(FAIL|not ok)' "$2"
}

counted() { # counted NAME COMMAND...: checks that a command counts itself
  local name=$1 begun=$SECONDS; shift
  TMPDIR=$fast "$@" >"$work/counted" 2>&1
  grep -ahE '^(faults|ok   load|FAIL load)' "$work/counted" >>"$work/figures"
  count "$name ($((SECONDS - begun)) s)" "$work/counted"
}

tests() { # tests NAME COMMAND...: a run of vitest
  local name=$1 begun=$SECONDS; shift
  TMPDIR=$fast "$@" --reporter=default --reporter=json --outputFile="$work/tests.json" >"$work/tests" 2>&1 || tail -n 80 "$work/tests"
  grep -aE '^\*\*\* SKIPPED' "$work/tests"
  grep -ahE '^(faults:|FIGURE)' "$work/tests" | sed 's/^FIGURE //' >>"$work/figures"
  node .ci/count.mjs "$work/tests.json" >"$work/count" 2>&1
  rm -f "$work/tests.json"
  count "$name ($((SECONDS - begun)) s)" "$work/count"
}

offline() { # offline COMMAND...: with no network but this machine's own
  if unshare -rn ip link set lo up 2>/dev/null; then unshare -rn bash -c 'ip link set lo up && exec "$@"' offline "$@"
  else skip "the network cannot be taken away here; the same tests run with it."; "$@"; fi
}

finish() { # the figures that checks told of, and the last line
  sort -u "$work/figures" 2>/dev/null
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
