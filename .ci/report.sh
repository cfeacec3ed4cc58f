# Sourced by run: how checks are run and counted. `work` is a folder that goes at the end, `fast` one for what tests write.
reference=$(cd .. && pwd)/shared
work=$(mktemp -d)
logs=$work # of each chain, a folder of its own
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$work"' EXIT
fast=$work # in memory where there is room
[ -w /dev/shm ] && [ "$(df --output=avail -m /dev/shm 2>/dev/null | tail -n 1)" -gt 4096 ] 2>/dev/null && fast=/dev/shm
export reference work fast
passed=0 failed=0 begun_chains=
cores=$(getconf _NPROCESSORS_ONLN)

chains() { # chains NAME...: starts the checks in each of these functions, beside those that run, once a core is free; what they say comes with `join`
  local name
  for name; do
    while [ "$(jobs -rp | wc -l)" -ge "$cores" ]; do sleep 1; done
    mkdir "$work/$name"
    (
      logs=$work/$name passed=0 failed=0
      "$name"
      echo "$passed $failed" >"$logs/counts"
    ) >"$work/$name/said" 2>&1 &
    begun_chains+=" $name"
  done
}

join() { # waits for all chains, and adds what they counted; one that did not come to its end, or checked nothing, has failed
  local name p f
  wait
  for name in $begun_chains; do
    cat "$work/$name/said"
    p=0 f=0
    if ! read -r p f 2>/dev/null <"$work/$name/counts"; then fail "$name: ended before its last check"
    elif [ $((p + f)) -eq 0 ] && ! grep -q '^\*\*\* SKIPPED' "$work/$name/said"; then fail "$name: checked nothing"; fi
    passed=$((passed + p)) failed=$((failed + f))
  done
  begun_chains=
}

check() { # check NAME COMMAND...: one check, its output shown only if it fails
  local name=$1 begun=$SECONDS; shift
  if ("$@") >"$logs/log" 2>&1; then passed=$((passed + 1)); echo "ok   $name ($((SECONDS - begun)) s)"
  else fail "$name"; tail -n 60 "$logs/log"; fi
  grep -ah '^FIGURE' "$logs/log" | sed 's/^FIGURE //' >>"$logs/figures"
}

fail() { failed=$((failed + 1)); echo "FAIL $1"; }

skip() { echo "*** SKIPPED: $1 ***"; }

count() { # count NAME FILE: adds the figures of a line `N passed, N failed`
  local line p f _; line=$(grep -aE '^[0-9]+ passed, [0-9]+ failed$' "$2" | tail -n 1)
  if [ -z "$line" ]; then fail "$1: no result"; tail -n 60 "$2"; return; fi
  read -r p _ f _ <<<"$line"
  passed=$((passed + p)) failed=$((failed + f))
  echo "$1: $line"; [ "$f" -eq 0 ] || grep -aE '^(FAIL|not ok)' "$2"
}

counted() { # counted NAME COMMAND...: checks that a command counts itself
  local name=$1 begun=$SECONDS; shift
  TMPDIR=$fast "$@" >"$logs/counted" 2>&1
  grep -ahE '^(faults|ok   load|FAIL load|accepted|neutral|differing|crashed|refused)' "$logs/counted" >>"$logs/figures"
  count "$name ($((SECONDS - begun)) s)" "$logs/counted"
}

tests() { # tests NAME COMMAND...: a run of vitest
  local name=$1 begun=$SECONDS; shift
  TMPDIR=$fast "$@" --reporter=default --reporter=json --outputFile="$logs/tests.json" >"$logs/tests" 2>&1 || tail -n 80 "$logs/tests"
  grep -aE '^\*\*\* SKIPPED' "$logs/tests"
  grep -ahE '^(faults:|FIGURE)' "$logs/tests" | sed 's/^FIGURE //' >>"$logs/figures"
  node .ci/count.mjs "$logs/tests.json" >"$logs/count" 2>&1
  grep -a '^slow: ' "$logs/count"
  rm -f "$logs/tests.json"
  count "$name ($((SECONDS - begun)) s)" "$logs/count"
}

offline() { # offline COMMAND...: with no network but this machine's own
  if unshare -rn ip link set lo up 2>/dev/null; then unshare -rn bash -c 'ip link set lo up && exec "$@"' offline "$@"
  else skip "the network cannot be taken away here; the same tests run with it."; "$@"; fi
}

finish() { # the figures that checks told of, and the last line
  sort -u "$work/figures" "$work"/*/figures 2>/dev/null
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
