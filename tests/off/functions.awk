# The functions of one crate in a listing of the assembler, one after the other by name, in a form that two listings share:
# without directives, and with labels numbered by where they are met first.
#
#     awk -f functions.awk instructions.s | sort

# A line of a function, behind its name and its number, so that they can be sorted.
function tell(line) {
    printf "%s\t%04d\t%s\n", name, ++lines, line
}

# The line with every local label renamed.
function renamed(line,    done, label) {
    done = ""
    while (match(line, /\.L[A-Za-z_.]+[0-9]+(_[0-9]+)?/)) {
        label = substr(line, RSTART, RLENGTH)
        if (!(label in labels)) labels[label] = "label" (++count)
        done = done substr(line, 1, RSTART - 1) labels[label]
        line = substr(line, RSTART + RLENGTH)
    }
    return done line
}

{
    # Hashes of crates and of functions.
    gsub(/17h[0-9a-f]+E/, "")
    gsub(/anon\.[0-9a-f]+\./, "anon")
    gsub(/Cs[0-9A-Za-z]+_/, "Cs_")
}
/^\t\.type\t.*,@function$/ {
    is_function[substr($2, 1, index($2, ",") - 1)] = 1
}
/^[^ \t.#].*:$/ {
    name = substr($0, 1, length($0) - 1)
    if (name !~ /instructions/ || !(name in is_function)) name = ""
    lines = count = 0
    split("", labels)
    next
}
/^\.Lfunc_end/ { name = "" }
name == "" || /^\t\./ || /^$/ || /^\.L(tmp|func_begin)/ { next }
{ tell(renamed($0)) }
