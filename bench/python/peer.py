#!/usr/bin/python3
"""peer.py: libvirt's Python binding on asyncio, through its own libvirtaio.

usage: /usr/bin/python3 peer.py WORKLOAD [key=value ...]     prints one line of JSON
The keys are in ../README.md. In addition:
  impl=wake     libvirtaio that is woken after calls from other threads
  beat=MS       libvirtaio unchanged, while an unrelated task turns the loop every MS ms
  loop=uvloop   runs on libuv, the event loop of Node.js
"""
import asyncio
import os
import sys

import libvirt

import calls
import events
import loop
import quirks
import server
from support import argument

WORKLOADS = {
    'flood': events.flood, 'inproc': events.inproc, 'idle': events.idle,
    'watch': loop.watch, 'timer0': loop.timer0, 'timers': loop.timers,
    'latency': calls.latency, 'calls': calls.calls, 'start': calls.start,
    'http': server.http, 'quirks': quirks.quirks,
}


async def main():
    await WORKLOADS[sys.argv[1]]()
    sys.stdout.flush()
    os._exit(0)  # watches and timeouts are left registered on purpose


if __name__ == '__main__':
    if len(sys.argv) < 2 or sys.argv[1] not in WORKLOADS:
        sys.exit(__doc__)
    if argument('loop', 'asyncio') == 'uvloop':
        import uvloop
        uvloop.install()
    libvirt.registerErrorHandler(lambda context, error: None, None)
    asyncio.run(main())
