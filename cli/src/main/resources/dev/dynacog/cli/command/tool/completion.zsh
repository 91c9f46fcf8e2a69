#compdef dynacog
# Completion of dynacog for zsh: source <(dynacog completion zsh), or this as _dynacog in a folder of $fpath.
#
# Commands, options and fixed values are in the table below: path|word|values|kind|description. The names of tables,
# people and the like are asked of dynacog. What is typed is never evaluated.

_dynacog_row() {
  local line
  for line in "${_dynacog_rows[@]}"; do
    if [[ $line == "$1|$2|"* ]]; then
      reply=("${(@s:|:)line}")
      return 0
    fi
  done
  reply=()
  return 1
}

# Offers the values of kind $1.
_dynacog_values() {
  local line value
  local -a offered
  case $1 in
    '@'*)
      for line in "${(@f)$("$_dynacog_program" complete "${1#@}" -- "${_dynacog_words[@]}" 2>/dev/null </dev/null)}"; do
        [[ -n $line ]] || continue
        value=${line%%$'\t'*}
        offered+=("${${value//\\/\\\\}//:/\\:}:${line#*$'\t'}")
      done
      (( $#offered == 0 )) || _describe -t values "${1#@}" offered
      [[ $1 != @fixtures ]] || _files
      ;;
    '='*)
      offered=("${(@s:,:)${1#=}}")
      compadd -a offered
      ;;
    file) _files ;;
    folder) _files -/ ;;
  esac
}

_dynacog() {
  local -a _dynacog_rows reply _dynacog_words commands options
  local word at="" kind="" ended="" line _dynacog_program=dynacog
  integer pending=0 position=0 i
  _dynacog_rows=("${(@f)_dynacog_table}")
  [[ ${(Q)words[1]} != */* || ! -x ${(Q)words[1]} ]] || _dynacog_program=${(Q)words[1]}

  for ((i = 2; i < CURRENT; i++)); do
    word=${(Q)words[i]}
    _dynacog_words+=("$word")
    if (( pending > 0 )); then
      (( pending-- ))
    elif [[ -n $ended ]]; then
      (( position++ ))
    elif [[ $word == -- ]]; then
      ended=yes
    elif [[ $word == -* ]]; then
      [[ $word != *=* ]] || continue
      _dynacog_row "$at" "$word" || _dynacog_row '*' "$word"
      pending=${reply[3]:-0}
      kind=${reply[4]:-}
    elif [[ -z $at && $word == help ]]; then
      continue
    elif (( position == 0 )) && _dynacog_row "$at" "$word" && [[ $reply[4] == command ]]; then
      at=${at:+$at }$word
    else
      (( position++ ))
    fi
  done

  word=$words[CURRENT]
  if (( pending > 0 )); then
    _dynacog_values "$kind"
  elif [[ -n $ended ]]; then
    _files
  elif [[ $word == -*=* ]]; then
    _dynacog_row "$at" "${word%%=*}" || _dynacog_row '*' "${word%%=*}"
    compset -P 1 '*='
    _dynacog_values "${reply[4]:-}"
  else
    for line in "${_dynacog_rows[@]}"; do
      reply=("${(@s:|:)line}")
      [[ $reply[1] == "$at" || ($reply[1] == '*' && $reply[2] == -*) ]] || continue
      case $reply[2] in
        '#'*)
          [[ $word == -* || ($reply[2] != "#$position" && $reply[2] != '#*') ]] || _dynacog_values "$reply[4]"
          ;;
        -*) options+=("$reply[2]:$reply[5]") ;;
        ?*) (( position > 0 )) || commands+=("$reply[2]:$reply[5]") ;;
      esac
    done
    (( $#commands == 0 )) || [[ $word == -* ]] || _describe -t commands command commands
    [[ $word != -* ]] || _describe -t options option options
  fi
}

typeset -g _dynacog_table='
@TABLE@
'

if [[ $funcstack[1] == _dynacog ]]; then
  _dynacog "$@"
else
  # A shell whose completion isn't set up yet gets it, and nothing else of it is changed.
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _dynacog dynacog
fi
