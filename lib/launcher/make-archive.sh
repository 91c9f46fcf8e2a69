# Has the class archive made: read by bin/dynacog when there is no good one. Two files beside it tell that it is good:
#   .seal  has the archive's own time. Whatever happens to the archive later changes its time, and an
#          archive that was cut short would crash the JVM before it could say why.
#   .log   has what the JVM says when it refuses the archive (a jar has changed, say), else nothing.
# shellcheck shell=sh disable=SC2154,SC2034 # variables of the launcher's

# That nobody else can write them is the trainer's doing; a shell can't see it without a process.
belongs_to_another() { [ -e "$1" ] && [ ! -O "$1" ]; }

# Whether the archive's folder can be written, or made: the trainer would fail each time, after a start of its own.
has_room() {
  dc_folder=${dc_archive%/*}
  while [ ! -e "$dc_folder" ]; do
    dc_folder=${dc_folder%/*}
    dc_folder=${dc_folder:-/}
  done
  [ -d "$dc_folder" ] && [ -w "$dc_folder" ]
}

# In the environment of its own that the trainer makes, nothing of the caller's is touched.
train() {
  set -- "$dc_root/lib/launcher/train-archive" "$dc_cache/archives" "$dc_archive" "$dc_home" "$dc_java_home/bin/java" "$dc_flags"
  if [ "${DYNACOG_ARCHIVE-}" = wait ]; then
    sh "$@" wait </dev/null >/dev/null 2>&1
    return
  fi
  # Holds nothing of the caller's open, so that $(dynacog ...) and flock don't wait for it.
  dc_detach=''
  ! command -v setsid >/dev/null 2>&1 || dc_detach=setsid
  {
    # A `local run` that this is part of ends what carries its mark.
    unset DYNACOG_RUN
    exec $dc_detach nice -n 19 sh "$@"
  } </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
  [ -e "$dc_base.failed" ] || dc_state=building
}

dc_state=none
if belongs_to_another "$dc_cache" || belongs_to_another "$dc_cache/archives" || ! has_room; then
  dc_state=nowhere
else
  train
fi
if good_archive; then dc_state=used; else dc_archive=''; fi
