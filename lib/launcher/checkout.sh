# Builds dynacog when its sources have changed: read by bin/dynacog in a source checkout.
# shellcheck shell=sh disable=SC2154,SC2034 # variables of the launcher's

home=$root/cli/target/dist
target=$root/cli/target

sources_changed() {
  [ -f "$home/lib/build" ] || return 0
  # Folders count too, or a deleted file would go unseen; tests don't.
  changed=$(cd "$root" && find pom.xml core/pom.xml core/src cli/pom.xml cli/picocli/pom.xml cli/compiler/pom.xml \
    cli/compiler/src cli/src local/pom.xml local/src seed-data \( -name target -o -path '*/src/test' \) -prune \
    -o -newer cli/target/dist/lib/build ! -path seed-data -print 2>/dev/null)
  [ -n "$changed" ]
}

# One builder at a time. The lock is a link whose target is the holder's process id: made in one step
# with its content. A holder that died is taken over, by the one that manages to move its lock away.
lock() {
  tries=0
  until ln -s "$$" "$lock" 2>/dev/null; do
    holder=$(readlink "$lock")
    if [ -z "$holder" ]; then
      # Just given up, or links cannot be made here at all.
      tries=$((tries + 1))
      [ "$tries" -lt 100 ] || fail "cannot make the link $lock"
    elif kill -0 "$holder" 2>/dev/null; then
      [ -n "${waiting-}" ] || printf 'waiting for the build of process %s\n' "$holder" >&2
      waiting=yes
      sleep 1
    elif mv "$lock" "$lock.$$" 2>/dev/null; then
      # Was it still the dead one's? If not, give it back.
      [ "$(readlink "$lock.$$")" = "$holder" ] || mv "$lock.$$" "$lock"
      rm -f "$lock.$$"
    fi
  done
}

stop_build() {
  trap '' HUP INT TERM
  [ -z "${builder-}" ] || { kill "$builder" && wait "$builder"; } 2>/dev/null
  rm -f "$lock"
  exit "$1"
}

# Ends, with the system's own word for why the build's folder can't be written.
require_writable() {
  probe=$target/build.probe.$$
  reason=$({ LC_ALL=C mkdir -p "$target" && LC_ALL=C touch "$probe" && rm -f "$probe"; } 2>&1) && return
  fail "dynacog has to be built, and $target cannot be written: ${reason##*: }${newline}hint   make it writable for the \
user who runs this, copy the checkout to a folder that is, or unpack a distribution"
}

# The first things that Maven holds against the sources, or its last words.
first_errors() {
  errors=''
  count=0
  said=''
  while IFS= read -r line || [ -n "$line" ]; do
    [ -z "$line" ] || said=$line
    case $line in
      '[ERROR] COMPILATION ERROR'*) ;;
      # From here on Maven repeats itself, and explains how it works.
      *'Compilation failure'* | '[ERROR] -> '* | '[ERROR] To see the full'*) [ "$count" -eq 0 ] || break ;;
      '[ERROR] '[!\ ]*)
        line=${line#'[ERROR] '}
        errors="$errors${newline}       ${line#"$root/"}"
        count=$((count + 1))
        ;;
    esac
    [ "$count" -lt 5 ] || break
  done <"$1"
  printf '%s' "${errors:-"$newline       $said"}"
}

build() {
  command -v mvn >/dev/null 2>&1 || fail "this is a source checkout, and building it needs Maven, which is not on the \
PATH${newline}hint   install Maven 3.8 or newer, or unpack a distribution"
  require_writable
  lock=$target/build.lock
  log=$target/build.log
  lock
  trap 'stop_build 129' HUP
  trap 'stop_build 130' INT
  trap 'stop_build 143' TERM
  if sources_changed; then
    printf 'building dynacog from source (log: %s)\n' "$log" >&2
    # What changes while it is built is newer than the build.
    : >"$target/build.begin"
    (
      cd "$root" || exit
      # Maven looks for Java in JAVA_HOME and on the PATH only.
      if [ -n "$unusable" ] || { [ -z "${JAVA_HOME-}" ] && ! command -v java >/dev/null 2>&1; }; then
        export JAVA_HOME="$java_home"
      fi
      exec mvn -B -q -Dquick -Dmaven.test.skip=true -pl cli -am package
    ) >"$log" 2>&1 </dev/null &
    builder=$!
    if wait "$builder" && [ -f "$home/lib/build" ]; then
      touch -r "$target/build.begin" "$home/lib/build"
    else
      rm -f "$lock"
      fail "the build failed:$(first_errors "$log")${newline}hint   all that Maven said: $log"
    fi
  fi
  rm -f "$lock"
  trap - HUP INT TERM
}

# Who presses the tab key waits for no build: an older one knows the names too.
[ "${1-}" = complete ] || ! sources_changed || build
