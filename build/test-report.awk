# Reads xUnit XML results. Prints one line a test that failed or was skipped, and at last "total PASSED FAILED SKIPPED".
# Errors outside of tests (a fixture that could not be disposed) count as failures.

function unescaped(text) {
    gsub("&quot;", "\"", text); gsub("&lt;", "<", text); gsub("&gt;", ">", text); gsub("&amp;", "\\&", text)
    gsub(/\\"/, "\"", text)
    return text
}

function attribute(text, name,    part) {
    if (!match(text, "(^| )" name "=\"[^\"]*\"")) return ""
    part = substr(text, RSTART, RLENGTH)
    sub("^[^\"]*\"", "", part)
    sub("\"$", "", part)
    return unescaped(part)
}

# The text of an element, its first line only.
function content(text, name,    start, part) {
    start = index(text, "<" name ">")
    if (!start) return ""
    part = substr(text, start + length(name) + 2)
    sub("</" name ">.*", "", part)
    sub("^<!\\[CDATA\\[", "", part)
    sub("\\]\\]>.*", "", part)
    sub("\n.*", " …", part)
    return unescaped(part)
}

BEGIN { RS = "<test " }

FNR == 1 {
    total_passed += attribute($0, "passed")
    total_failed += attribute($0, "failed") + attribute($0, "errors")
    total_skipped += attribute($0, "skipped")
    next
}

attribute($0, "result") == "Fail" { print "  failed:  " attribute($0, "name") ": " content($0, "message") }
attribute($0, "result") == "Skip" { print "  skipped: " attribute($0, "name") ": " content($0, "reason") }

END { print "total", total_passed + 0, total_failed + 0, total_skipped + 0 }
