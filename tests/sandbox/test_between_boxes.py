"""Two boxes at the same time: one leaves signs of itself wherever it can and stays, the other looks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_talking import talk

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

SIGNS = """\
import fcntl, os, socket, sys
NAME, PORT = 'a-sign-for-the-other', 34567
IMAGE = ('/etc/passwd', '/usr/lib/os-release', '/usr/bin/python3', '/dev/null', '/dev/zero', '/etc/hostname', '/proc/1/status')
PLACES = ('/tmp', '/dev/shm', '.', '/var/tmp', '/run/lock', '/dev/mqueue')
"""

LEAVES = (
    SIGNS
    + """\
held = []
for path in IMAGE:
    try:
        file = open(path, 'rb')
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held.append(file)
    except OSError: pass
for place in PLACES:
    try: open(f'{place}/{NAME}', 'w').close()
    except OSError: pass
unix = socket.socket(socket.AF_UNIX)
unix.bind('\\0' + NAME)
unix.listen()
for address in ('0.0.0.0', '127.0.0.1'):
    for number in (PORT, PORT + 1):
        tcp = socket.socket()
        try:
            tcp.bind((address, number))
            tcp.listen()
            held.append(tcp)
        except OSError: pass
print(len(held), flush=True)
assert input() == 'seen'
assert len(held) >= 4, held
"""
)

LOOKS = (
    SIGNS
    + """\
input()
found = []
for path in IMAGE:
    try:
        with open(path, 'rb') as file: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError: found.append('a lock on ' + path)
    except OSError: pass
found += [place for place in PLACES if os.path.exists(f'{place}/{NAME}')]
unix = socket.socket(socket.AF_UNIX)
if unix.connect_ex('\\0' + NAME) == 0: found.append('a socket by name')
if NAME in open('/proc/net/unix').read(): found.append('a name of a socket')
if f':{PORT:04X}' in open('/proc/net/tcp').read().upper(): found.append('an open port')
for number in (PORT, PORT + 1):
    if socket.socket().connect_ex(('127.0.0.1', number)) == 0: found.append(number)
others = [pid for pid in os.listdir('/proc') if pid.isdigit() and os.stat('/proc/' + pid).st_uid not in (0, os.getuid())]
found += others
print('seen', flush=True)
sys.stderr.write(repr(found))
"""
)


@pytest.mark.docker
def test_two_boxes_at_the_same_time_do_not_notice_each_other(sandbox: DockerSandbox) -> None:
    found = talk(sandbox, LEAVES, LOOKS)
    assert (found.first.run.exit_code, found.second.run.exit_code) == (0, 0), found
    assert found.second.run.stderr == b"[]"
