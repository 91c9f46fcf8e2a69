# Builds dynacog when its sources have changed: read by bin/dynacog in a source checkout.
# shellcheck shell=sh disable=SC2154,SC2034 # variables of the launcher's

dc_home=$dc_root/cli/target/dist
dc_target=$dc_root/cli/target

sources_changed() {
  [ -f "$dc_home/lib/build" ] || return 0
  # Folders count too, or a deleted file would go unseen; tests don't.
  dc_changed=$(cd "$dc_root" && find pom.xml core/pom.xml core/src cli/pom.xml cli/picocli/pom.xml cli/compiler/pom.xml \
    cli/compiler/src cli/src local/pom.xml local/src seed-data \( -name target -o -path '*/src/test' \) -prune \
    -o -newer cli/target/dist/lib/build ! -path seed-data -print 2>/dev/null)
  [ -n "$dc_changed" ]
}

# One builder at a time. The lock is a link whose target is the holder's process id: made in one step
# with its content. A holder that died is taken over, by the one that manages to move its lock away.
lock() {
  dc_tries=0
  until ln -s "$$" "$dc_lock" 2>/dev/null; do
    dc_holder=$(readlink "$dc_lock")
    if [ -z "$dc_holder" ]; then
      # Just given up, or links cannot be made here at all.
      dc_tries=$((dc_tries + 1))
      [ "$dc_tries" -lt 100 ] || fail "cannot make the link $dc_lock"
    elif kill -0 "$dc_holder" 2>/dev/null; then
      [ -n "${dc_waiting-}" ] || printf 'waiting for the build of process %s\n' "$dc_holder" >&2
      dc_waiting=yes
      sleep 1
    elif mv "$dc_lock" "$dc_lock.$$" 2>/dev/null; then
      # Was it still the dead one's? If not, give it back.
      [ "$(readlink "$dc_lock.$$")" = "$dc_holder" ] || mv "$dc_lock.$$" "$dc_lock"
      rm -f "$dc_lock.$$"
    fi
  done
}

stop_build() {
  trap '' HUP INT TERM
  [ -z "${dc_builder-}" ] || { kill "$dc_builder" && wait "$dc_builder"; } 2>/dev/null
  rm -f "$dc_lock"
  exit "$1"
}

# Ends, with the system's own word for why the build's folder can't be written.
require_writable() {
  dc_probe=$dc_target/build.probe.$$
  dc_reason=$({ LC_ALL=C mkdir -p "$dc_target" && LC_ALL=C touch "$dc_probe" && rm -f "$dc_probe"; } 2>&1) && return
  fail "dynacog has to be built, and $dc_target cannot be written: ${dc_reason##*: }${dc_newline}hint   make it writable for the \
user who runs this, copy the checkout to a folder that is, or unpack a distribution"
}

# The first things that Maven holds against the sources, or its last words.
first_errors() {
  dc_errors=''
  dc_count=0
  dc_said=''
  while IFS= read -r dc_line || [ -n "$dc_line" ]; do
    [ -z "$dc_line" ] || dc_said=$dc_line
    case $dc_line in
      '[ERROR] COMPILATION ERROR'*) ;;
      # From here on Maven repeats itself, and explains how it works.
      *'Compilation failure'* | '[ERROR] -> '* | '[ERROR] To see the full'*) [ "$dc_count" -eq 0 ] || break ;;
      '[ERROR] '[!\ ]*)
        dc_line=${dc_line#'[ERROR] '}
        dc_errors="$dc_errors${dc_newline}       ${dc_line#"$dc_root/"}"
        dc_count=$((dc_count + 1))
        ;;
    esac
    [ "$dc_count" -lt 5 ] || break
  done <"$1"
  printf '%s' "${dc_errors:-"$dc_newline       $dc_said"}"
}

build() {
  command -v mvn >/dev/null 2>&1 || fail "this is a source checkout, and building it needs Maven, which is not on the \
PATH${dc_newline}hint   install Maven 3.8 or newer, or unpack a distribution"
  require_writable
  dc_lock=$dc_target/build.lock
  dc_log=$dc_target/build.log
  lock
  trap 'stop_build 129' HUP
  trap 'stop_build 130' INT
  trap 'stop_build 143' TERM
  if sources_changed; then
    printf 'building dynacog from source (log: %s)\n' "$dc_log" >&2
    # What changes while it is built is newer than the build.
    : >"$dc_target/build.begin"
    (
      cd "$dc_root" || exit
      # Maven looks for Java in JAVA_HOME and on the PATH only.
      if [ -n "$dc_unusable" ] || { [ -z "${JAVA_HOME-}" ] && ! command -v java >/dev/null 2>&1; }; then
        export JAVA_HOME="$dc_java_home"
      fi
      exec mvn -B -q -Dquick -Dmaven.test.skip=true -pl cli -am package
    ) >"$dc_log" 2>&1 </dev/null &
    dc_builder=$!
    if wait "$dc_builder" && [ -f "$dc_home/lib/build" ]; then
      touch -r "$dc_target/build.begin" "$dc_home/lib/build"
    else
      rm -f "$dc_lock"
      fail "the build failed:$(first_errors "$dc_log")${dc_newline}hint   all that Maven said: $dc_log"
    fi
  fi
  rm -f "$dc_lock"
  trap - HUP INT TERM
}

# Who presses the tab key waits for no build: an older one knows the names too.
[ "${1-}" = complete ] || ! sources_changed || build
