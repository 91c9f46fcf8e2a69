# Completion of dynacog for fish: dynacog completion fish | source
#
# Commands, options and fixed values are in the table below: path|word|values|kind|description. The names of tables,
# people and the like are asked of dynacog. What is typed is never evaluated.
set -g __dynacog_table '
@TABLE@
'

function __dynacog_row
    for line in (string split \n -- $__dynacog_table)
        set -l row (string split -m 4 '|' -- $line)
        if test "$row[1]" = "$argv[1]"; and test "$row[2]" = "$argv[2]"
            printf '%s\n' $row
            return 0
        end
    end
    return 1
end

# Prints the values of kind $argv[1] behind $argv[2], which is typed already.
function __dynacog_values
    set -l before $argv[2]
    switch $argv[1]
        case '@*'
            set -l kind (string sub -s 2 -- $argv[1])
            for line in ($__dynacog_program complete $kind -- $__dynacog_words 2>/dev/null </dev/null)
                printf '%s%s\n' $before $line
            end
            if test $kind = fixtures
                __fish_complete_path $argv[3]
            end
        case '=*'
            for value in (string split , -- (string sub -s 2 -- $argv[1]))
                printf '%s%s\n' $before $value
            end
        case file
            for path in (__fish_complete_path $argv[3])
                printf '%s%s\n' $before $path
            end
        case folder
            for path in (__fish_complete_directories $argv[3] '')
                printf '%s%s\n' $before $path
            end
    end
end

function __dynacog_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l at ''
    set -l kind ''
    set -l ended ''
    set -l pending 0
    set -l position 0
    set -g __dynacog_words $typed[2..-1]
    set -g __dynacog_program dynacog
    if string match -q -- '*/*' $typed[1]; and test -x $typed[1]
        set -g __dynacog_program $typed[1]
    end

    for word in $typed[2..-1]
        if test $pending -gt 0
            set pending (math $pending - 1)
        else if test -n "$ended"
            set position (math $position + 1)
        else if test "$word" = --
            set ended yes
        else if string match -q -- '-*' $word
            string match -q -- '*=*' $word; and continue
            set -l row (__dynacog_row "$at" $word; or __dynacog_row '*' $word)
            if test (count $row) -ge 4
                set pending $row[3]
                set kind $row[4]
            end
        else if test -z "$at"; and test "$word" = help
            continue
        else
            set -l row (__dynacog_row "$at" $word)
            if test $position -eq 0; and test (count $row) -ge 4; and test "$row[4]" = command
                set at (string trim -- "$at $word")
            else
                set position (math $position + 1)
            end
        end
    end

    if test $pending -gt 0
        __dynacog_values $kind '' "$current"
    else if test -n "$ended"
        __fish_complete_path "$current"
    else if string match -q -- '-*=*' "$current"
        set -l option (string split -m 1 = -- $current)
        set -l row (__dynacog_row "$at" $option[1]; or __dynacog_row '*' $option[1])
        if test (count $row) -ge 4
            __dynacog_values $row[4] "$option[1]=" "$option[2]"
        end
    else
        for line in (string split \n -- $__dynacog_table)
            set -l row (string split -m 4 '|' -- $line)
            if test "$row[1]" != "$at"
                test "$row[1]" = '*'; or continue
            end
            switch "$row[2]"
                case '#*'
                    if not string match -q -- '-*' "$current"; and contains -- "$row[2]" "#$position" '#*'
                        __dynacog_values $row[4] '' "$current"
                    end
                case '-*'
                    if string match -q -- '-*' "$current"
                        printf '%s\t%s\n' $row[2] $row[5]
                    end
                case '?*'
                    if test $position -eq 0
                        printf '%s\t%s\n' $row[2] $row[5]
                    end
            end
        end
    end
end

complete -c dynacog -e
complete -c dynacog -f -a '(__dynacog_complete)'
