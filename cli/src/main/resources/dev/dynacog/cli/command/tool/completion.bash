# Completion of dynacog for bash: source <(dynacog completion bash)
#
# Commands, options and fixed values are in the table below: path|word|values|kind|description. The names of tables,
# people and the like are asked of dynacog. What is typed is never evaluated.
_dynacog_table='
@TABLE@
'

# Sets _dynacog_found to "values|kind|description" of word $2 below command $1.
_dynacog_find() {
  local rest=${_dynacog_table#*$'\n'"$1|$2|"}
  _dynacog_found=
  [[ $rest != "$_dynacog_table" ]] && _dynacog_found=${rest%%$'\n'*}
}

# Sets _dynacog_plain to what the shell would make of $1, of which nothing is run.
_dynacog_unquote() {
  local text=$1 quote= char
  _dynacog_plain=
  while [[ -n $text ]]; do
    char=${text:0:1}
    text=${text:1}
    if [[ -n $quote && $char == "$quote" ]]; then
      quote=
    elif [[ -z $quote && ($char == "'" || $char == '"') ]]; then
      quote=$char
    elif [[ $char == "\\" && $quote != "'" && -n $text ]]; then
      _dynacog_plain+=${text:0:1}
      text=${text:1}
    else
      _dynacog_plain+=$char
    fi
  done
  _dynacog_open=$quote
}

# Adds value $1 with description $2 when it begins with what is typed.
_dynacog_offer() {
  local quoted
  [[ $1 == "$_dynacog_prefix"* ]] || return
  if [[ -z $_dynacog_open ]]; then
    printf -v quoted %q "$1"
    # A tilde or a colon within a word needs none.
    quoted=${quoted//\\:/:}
  else
    # Between quotes a value stands as it is, or not at all.
    case $1 in *[\"\'\`\$\\!]*) return ;; esac
    quoted=$1
  fi
  quoted=$_dynacog_before$quoted
  [[ $quoted == "$_dynacog_cut"* ]] || return
  COMPREPLY+=("${quoted:${#_dynacog_cut}}")
  _dynacog_descriptions+=("$2")
}

# Offers the values of kind $1.
_dynacog_values() {
  local kind=$1 value description
  case $kind in
    @*)
      while IFS=$'\t' read -r value description; do
        _dynacog_offer "$value" "$description"
      done < <("$_dynacog_program" complete "${kind#@}" -- "${_dynacog_words[@]}" 2>/dev/null </dev/null)
      [[ $kind != @fixtures ]] || _dynacog_values file
      ;;
    =*)
      local choices
      IFS=, read -r -a choices <<<"${kind#=}"
      for value in "${choices[@]}"; do _dynacog_offer "$value" ""; done
      ;;
    file | folder)
      local flag=-f
      [[ $kind == file ]] || flag=-d
      compopt -o filenames 2>/dev/null
      while IFS= read -r value; do
        value=$_dynacog_before$value
        COMPREPLY+=("${value:${#_dynacog_cut}}")
        _dynacog_descriptions+=("")
      done < <(compgen "$flag" -- "$_dynacog_prefix")
      ;;
  esac
}

_dynacog() {
  local IFS=$' \t\n' _dynacog_found _dynacog_plain _dynacog_open _dynacog_prefix _dynacog_before= _dynacog_cut=
  local _dynacog_words=() _dynacog_descriptions=() _dynacog_program=dynacog
  COMPREPLY=()

  # bash breaks words at = and : too, which are parts of ours: they are put together as they stand in the line.
  local rest=${COMP_LINE:0:COMP_POINT} stripped word i raw=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    stripped=${rest#"${rest%%[![:space:]]*}"}
    word=${COMP_WORDS[i]}
    [[ $stripped == "$word"* ]] || word=$stripped
    if ((i > 0)) && [[ $rest == "$stripped" ]]; then
      raw[${#raw[@]}-1]+=$word
    else
      raw+=("$word")
    fi
    rest=${stripped#"$word"}
  done
  [[ ${raw[0]} != */* || ! -x ${raw[0]} ]] || _dynacog_program=${raw[0]}

  # What bash takes for the current word begins behind the last of those signs.
  local current=${raw[${#raw[@]}-1]} signs=
  ((${#raw[@]} > 1)) || return
  [[ $COMP_WORDBREAKS != *=* ]] || signs+==
  [[ $COMP_WORDBREAKS != *:* ]] || signs+=:
  _dynacog_unquote "$current"
  [[ -z $signs || -n $_dynacog_open ]] || _dynacog_cut=${current%"${current##*[$signs]}"}

  # The command, how many values an option still takes, and how many arguments there were.
  local path= pending=0 kind= ended= position=0
  for word in "${raw[@]:1:${#raw[@]}-2}"; do
    _dynacog_unquote "$word"
    word=$_dynacog_plain
    _dynacog_words+=("$word")
    if ((pending > 0)); then
      ((pending--))
    elif [[ -n $ended ]]; then
      ((position++))
    elif [[ $word == -- ]]; then
      ended=yes
    elif [[ $word == -* ]]; then
      [[ $word != *=* ]] || continue
      _dynacog_find "$path" "$word"
      [[ -n $_dynacog_found ]] || _dynacog_find '*' "$word"
      pending=${_dynacog_found%%|*}
      pending=${pending:-0}
      kind=${_dynacog_found#*|}
      kind=${kind%%|*}
    elif [[ -z $path && $word == help ]]; then
      continue
    else
      _dynacog_find "$path" "$word"
      if [[ $_dynacog_found == *'|command|'* ]] && ((position == 0)); then
        path=${path:+$path }$word
      else
        ((position++))
      fi
    fi
  done

  _dynacog_unquote "$current"
  _dynacog_prefix=$_dynacog_plain
  if ((pending > 0)); then
    _dynacog_values "$kind"
  elif [[ -n $ended ]]; then
    _dynacog_values file
  elif [[ $current == -*=* ]]; then
    _dynacog_find "$path" "${current%%=*}"
    [[ -n $_dynacog_found ]] || _dynacog_find '*' "${current%%=*}"
    kind=${_dynacog_found#*|}
    _dynacog_before=${current%%=*}=
    _dynacog_unquote "${current#*=}"
    _dynacog_prefix=$_dynacog_plain
    _dynacog_values "${kind%%|*}"
  else
    local at name description
    while IFS='|' read -r at name i kind description; do
      [[ $at == "$path" || ($at == '*' && $name == -*) ]] || continue
      case $name in
        '#'*) [[ $current == -* || ($name != "#$position" && $name != '#*') ]] || _dynacog_values "$kind" ;;
        -*) [[ $current != -* ]] || _dynacog_offer "$name" "$description" ;;
        ?*) ((position > 0)) || _dynacog_offer "$name" "$description" ;;
      esac
    done <<<"$_dynacog_table"
  fi

  # A list of several is only shown, so that each can have its description.
  if ((${#COMPREPLY[@]} > 1)) && [[ ${COMP_TYPE-} == 63 || ${COMP_TYPE-} == 33 || ${COMP_TYPE-} == 64 ]]; then
    local longest=0 width=$((${COLUMNS:-80} - 2)) line
    for word in "${COMPREPLY[@]}"; do ((${#word} <= longest)) || longest=${#word}; done
    for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
      [[ -n ${_dynacog_descriptions[i]} ]] || continue
      printf -v line "%-${longest}s  (%s)" "${COMPREPLY[i]}" "${_dynacog_descriptions[i]}"
      ((${#line} <= width)) || line=${line:0:width-1}…
      COMPREPLY[i]=$line
    done
  fi
}

complete -F _dynacog dynacog
