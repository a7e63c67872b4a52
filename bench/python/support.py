"""Functions that all workloads of the Python peer use."""
import asyncio
import json
import os
import resource
import subprocess
import sys
import threading
import time

import libvirt
import libvirtaio

BIN = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'dist', 'bench', 'bin')
ARGUMENTS = dict(a.split('=', 1) for a in sys.argv[2:])
TASKS = []
now = time.monotonic_ns


def argument(key, otherwise):
    return type(otherwise)(ARGUMENTS.get(key, otherwise))


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def status_kib(key):
    """A value of /proc/self/status. ru_maxrss would be wrong: it includes the parent's size at the time of the fork."""
    with open('/proc/self/status') as f:
        return next(int(line.split()[1]) for line in f if line.startswith(key))


def percentile(ordered, share):
    return ordered[int(share * (len(ordered) - 1))] if ordered else 0


def report(workload, **figures):
    rounded = {k: round(v, 4) if isinstance(v, float) else v for k, v in figures.items()}
    print(json.dumps({'workload': workload, **rounded, 'cpu_s': round(cpu(), 3),
                      'rss_peak_kib': status_kib('VmHWM')}), flush=True)


class WakeImpl(libvirtaio.virEventAsyncIOImpl):
    """libvirtaio that is woken after calls from other threads. Without that it can go on sleeping after such calls."""

    def __init__(self, loop):
        super().__init__(loop)
        self._home = threading.get_ident()

    def _wake(self):
        if threading.get_ident() != self._home:
            self.loop.call_soon_threadsafe(int)

    def _update_timeout(self, timer, timeout):
        super()._update_timeout(timer, timeout)
        self._wake()

    def _update_handle(self, watch, event):
        super()._update_handle(watch, event)
        self._wake()

    def _add_timeout(self, *a):
        timer = super()._add_timeout(*a)
        self._wake()
        return timer

    def _remove_timeout(self, timer):
        result = super()._remove_timeout(timer)
        self._wake()
        return result


async def tick(ms):
    while True:
        await asyncio.sleep(ms / 1e3)


def register_impl():
    loop = asyncio.get_running_loop()
    impl = WakeImpl if argument('impl', 'stock') == 'wake' else libvirtaio.virEventAsyncIOImpl
    impl(loop).register()
    beat = argument('beat', 0)
    if beat:
        TASKS.append(asyncio.ensure_future(tick(beat)))
    return loop


def register_lifecycle(connection, callback):
    return connection.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, callback, None)


class Pinger:
    """Pipes that are watched, and the pinger that writes to their other ends."""

    def __init__(self, mode, count):
        self.dispatches = 0
        ack_r, ack_w = os.pipe()
        pipes = [os.pipe() for _ in range(count)]
        reply = mode == 'pp'

        def on_readable(watch, fd, events, opaque):
            os.read(fd, 1)
            self.dispatches += 1
            if reply:
                os.write(ack_w, b'k')

        for r, _ in pipes:
            libvirt.virEventAddHandle(r, libvirt.VIR_EVENT_HANDLE_READABLE, on_readable, None)
        write_ends = [w for _, w in pipes]
        self.child = subprocess.Popen([BIN + '/pinger', mode, str(ack_r), *map(str, write_ends)],
                                      stdin=subprocess.PIPE, pass_fds=[ack_r, *write_ends])
        for w in write_ends:
            os.close(w)

    def go(self):
        self.child.stdin.write(b'g')
        self.child.stdin.flush()

    def stop(self):
        self.child.terminate()
        self.child.wait()
