#!/bin/bash
# until-stdin-closes.sh COMMAND… : runs a server in the foreground and stops it when standard input closes.
# Whoever started it holds the other end of that pipe: when the test run ends, in whatever way, the server ends too.
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ while read -r -u 3 _; do :; done; kill -TERM $server; } 2>/dev/null &
watcher=$!
exec 3<&-
trap 'kill -TERM $server 2>/dev/null' TERM INT
wait $server
code=$?
kill $watcher 2>/dev/null
exit $code
