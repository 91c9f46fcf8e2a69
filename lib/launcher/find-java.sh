# Finds the Java: read by bin/dynacog when the caller names none, or one that isn't a plain JDK that is new enough.
# shellcheck shell=sh disable=SC2154,SC2034 # variables of the launcher's

best=0 best_home='' best_version='' best_build=''

# number: the version $1 as one number that can be compared. 17.0.15, 26-ea, 1.8.0_392.
number() {
  number=0
  plain=${1%%[!0-9.]*}
  plain=${plain#1.}
  case $plain in
    '' | [!1-9]* | *..*) return ;;
  esac
  feature=${plain%%.*}
  minor=0
  patch=0
  case $plain in
    *.*)
      plain=${plain#*.}
      minor=${plain%%.*}
      ;;
  esac
  case $plain in
    *.*)
      plain=${plain#*.}
      patch=${plain%%.*}
      ;;
  esac
  # A leading zero would be octal, an empty part nothing at all.
  case $minor in 0?* | '') minor=0 ;; esac
  case $patch in 0?* | '') patch=0 ;; esac
  number=$((feature * 1000000 + minor * 1000 + patch))
}

# Takes the JDK in folder $1, of version $2 and build $3, if it is newer than what was found so far.
take() {
  number "$2"
  [ "$number" -le "$best" ] || best=$number best_home=$1 best_version=$2 best_build=$3
}

consider() {
  release "$1"
  take "$1" "$java_version" "$java_build"
}

# Asks the java $1 itself where it lives: for links and wrappers in odd places, at the price of a JVM.
ask() {
  answer=$("$1" -XshowSettings:properties -version 2>&1 </dev/null) || return 0
  case $answer in
    *'java.home = '*) ;;
    *) return 0 ;;
  esac
  asked=${answer#*java.home = }
  asked=${asked%%"$newline"*}
  consider "$asked"
  # An old JDK 8 keeps its `release` elsewhere, an odd one has none.
  if [ "$best" -eq 0 ]; then
    said=${answer#*java.version = }
    said=${said%%"$newline"*}
    take "$asked" "$said" "$said"
  fi
}

# The JDK in folder $1, which somebody named.
named() {
  consider "$1"
  [ "$best" -gt 0 ] || [ ! -x "$1/bin/java" ] || ask "$1/bin/java"
}

new_enough() { [ "$best" -ge "${needed}000000" ]; }

# Takes the newest of the places where a JDK usually is.
search() {
  set -f
  IFS=:
  for folder in $PATH; do
    case $folder in
      */bin) consider "${folder%/bin}" ;;
    esac
  done
  unset IFS
  set +f
  for folder in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    consider "$folder"
  done
  case ${HOME-} in
    /*)
      for folder in "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        consider "$folder"
      done
      ;;
  esac
  if ! new_enough && on_path=$(command -v java); then
    ask "$on_path"
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
    [ "$best" -gt 0 ] || ask "$DYNACOG_JAVA"
  fi
  [ "$best" -gt 0 ] || fail "DYNACOG_JAVA names no Java: $DYNACOG_JAVA ($needed or newer is needed)"
else
  case ${JAVA_HOME-} in
    '') ;;
    /*)
      named "${JAVA_HOME%/}"
      if [ "$best" -eq 0 ]; then
        unusable="JAVA_HOME names no Java: $JAVA_HOME"
      elif ! new_enough; then
        unusable="JAVA_HOME is Java $best_version, and $needed or newer is needed: $JAVA_HOME"
      fi
      ;;
    *) unusable="JAVA_HOME is no absolute path: $JAVA_HOME" ;;
  esac
  new_enough || search
  [ "$best" -gt 0 ] ||
    fail "no Java found, $needed or newer is needed: install a JDK, or set JAVA_HOME or DYNACOG_JAVA to one"
fi
new_enough ||
  fail "Java $best_version in $best_home is too old, $needed or newer is needed: set JAVA_HOME or DYNACOG_JAVA to one"
java_home=$best_home java_version=$best_version java_build=$best_build java_feature=$((best / 1000000))
[ -z "$unusable" ] || printf 'note   %s\nhint   Java %s in %s is used; DYNACOG_JAVA names another\n' \
  "$unusable" "$java_version" "$java_home" >&2
