# Finds the Java: read by bin/dynacog when the caller names none, or one that isn't a plain JDK that is new enough.
# shellcheck shell=sh disable=SC2154,SC2034 # variables of the launcher's

dc_best=0 dc_best_home='' dc_best_version='' dc_best_build=''

# number: the version $1 as one number that can be compared. 17.0.15, 26-ea, 1.8.0_392.
number() {
  dc_number=0
  dc_plain=${1%%[!0-9.]*}
  dc_plain=${dc_plain#1.}
  case $dc_plain in
    '' | [!1-9]* | *..*) return ;;
  esac
  dc_feature=${dc_plain%%.*}
  dc_minor=0
  dc_patch=0
  case $dc_plain in
    *.*)
      dc_plain=${dc_plain#*.}
      dc_minor=${dc_plain%%.*}
      ;;
  esac
  case $dc_plain in
    *.*)
      dc_plain=${dc_plain#*.}
      dc_patch=${dc_plain%%.*}
      ;;
  esac
  # A leading zero would be octal, an empty part nothing at all.
  case $dc_minor in 0?* | '') dc_minor=0 ;; esac
  case $dc_patch in 0?* | '') dc_patch=0 ;; esac
  dc_number=$((dc_feature * 1000000 + dc_minor * 1000 + dc_patch))
}

# Takes the JDK in folder $1, of version $2 and build $3, if it is newer than what was found so far.
take() {
  number "$2"
  [ "$dc_number" -le "$dc_best" ] || dc_best=$dc_number dc_best_home=$1 dc_best_version=$2 dc_best_build=$3
}

consider() {
  release "$1"
  take "$1" "$dc_java_version" "$dc_java_build"
}

# Asks the java $1 itself where it lives: for links and wrappers in odd places, at the price of a JVM.
ask() {
  dc_answer=$("$1" -XshowSettings:properties -version 2>&1 </dev/null) || return 0
  case $dc_answer in
    *'java.home = '*) ;;
    *) return 0 ;;
  esac
  dc_asked=${dc_answer#*java.home = }
  dc_asked=${dc_asked%%"$dc_newline"*}
  consider "$dc_asked"
  # An old JDK 8 keeps its `release` elsewhere, an odd one has none.
  if [ "$dc_best" -eq 0 ]; then
    dc_said=${dc_answer#*java.version = }
    dc_said=${dc_said%%"$dc_newline"*}
    take "$dc_asked" "$dc_said" "$dc_said"
  fi
}

# The JDK in folder $1, which somebody named.
named() {
  consider "$1"
  [ "$dc_best" -gt 0 ] || [ ! -x "$1/bin/java" ] || ask "$1/bin/java"
}

new_enough() { [ "$dc_best" -ge "${dc_needed}000000" ]; }

# Takes the newest of the places where a JDK usually is.
search() {
  set -f
  IFS=:
  for dc_folder in $PATH; do
    case $dc_folder in
      */bin) consider "${dc_folder%/bin}" ;;
    esac
  done
  unset IFS
  set +f
  for dc_folder in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    consider "$dc_folder"
  done
  case ${HOME-} in
    /*)
      for dc_folder in "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        consider "$dc_folder"
      done
      ;;
  esac
  if ! new_enough && dc_on_path=$(command -v java); then
    ask "$dc_on_path"
  fi
}

if [ -n "${DYNACOG_JAVA-}" ]; then
  case $DYNACOG_JAVA in
    /*) ;;
    *) fail "DYNACOG_JAVA is no absolute path: $DYNACOG_JAVA" ;;
  esac
  if [ -d "$DYNACOG_JAVA" ]; then
    named "${DYNACOG_JAVA%/}"
  elif [ -x "$DYNACOG_JAVA" ]; then
    consider "${DYNACOG_JAVA%/bin/java}"
    [ "$dc_best" -gt 0 ] || ask "$DYNACOG_JAVA"
  fi
  [ "$dc_best" -gt 0 ] || fail "DYNACOG_JAVA names no Java: $DYNACOG_JAVA ($dc_needed or newer is needed)"
else
  case ${JAVA_HOME-} in
    '') ;;
    /*)
      named "${JAVA_HOME%/}"
      if [ "$dc_best" -eq 0 ]; then
        dc_unusable="JAVA_HOME names no Java: $JAVA_HOME"
      elif ! new_enough; then
        dc_unusable="JAVA_HOME is Java $dc_best_version, and $dc_needed or newer is needed: $JAVA_HOME"
      fi
      ;;
    *) dc_unusable="JAVA_HOME is no absolute path: $JAVA_HOME" ;;
  esac
  new_enough || search
  [ "$dc_best" -gt 0 ] ||
    fail "no Java found, $dc_needed or newer is needed: install a JDK, or set JAVA_HOME or DYNACOG_JAVA to one"
fi
new_enough ||
  fail "Java $dc_best_version in $dc_best_home is too old, $dc_needed or newer is needed: set JAVA_HOME or DYNACOG_JAVA to one"
dc_java_home=$dc_best_home dc_java_version=$dc_best_version dc_java_build=$dc_best_build dc_java_feature=$((dc_best / 1000000))
[ -z "$dc_unusable" ] || printf 'note   %s\nhint   Java %s in %s is used; DYNACOG_JAVA names another\n' \
  "$dc_unusable" "$dc_java_version" "$dc_java_home" >&2
