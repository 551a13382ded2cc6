"""Runs a command with a terminal of 80 columns as its standard output and error, and prints what the terminal was sent.

on_terminal.py [--pipe-errors] [--slow-once FOLDER] -- COMMAND...

With --slow-once the command gets little of the processor as soon as there is a file in FOLDER, so that what it does then
takes seconds on any machine. With --pipe-errors standard error is a pipe. Exits as the command did.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

at = sys.argv.index("--")
options, command = sys.argv[1:at], sys.argv[at + 1 :]
folder = options[options.index("--slow-once") + 1] if "--slow-once" in options else None
read_error, write_error = os.pipe() if "--pipe-errors" in options else (None, None)
os.environ["TERM"] = "xterm-256color"

child, terminal = pty.fork()
if child == 0:
    if write_error is not None:
        os.dup2(write_error, 2)
    os.execv(command[0], command)
if write_error is not None:
    os.close(write_error)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))


def drain(wait):
    """Takes what there is to read; false when everything was closed."""
    open_ends = [end for end in (terminal, read_error) if end is not None]
    for end in select.select(open_ends, [], [], wait)[0]:
        try:
            data = os.read(end, 65536)
        except OSError:
            data = b""
        if not data and end == terminal:
            return False
        sys.stdout.buffer.write(data)
        if not data:
            time.sleep(0.01)
    return True


started = time.monotonic()
slowed = None
while True:
    if slowed is None and folder and os.path.isdir(folder) and os.listdir(folder):
        slowed = time.monotonic()
    if slowed is not None and time.monotonic() - slowed < 3:
        os.kill(child, signal.SIGSTOP)
        time.sleep(0.09)
        os.kill(child, signal.SIGCONT)
    if not drain(0.01):
        break
    if time.monotonic() - started > 55:
        os.kill(child, signal.SIGKILL)
        break
_, status = os.waitpid(child, 0)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(status) & 255)
