"""Checks edge cases of the event loop's contract. Prints one line of JSON per check."""
import asyncio
import json
import os
import threading
import time
import warnings

import libvirt

from support import register_impl

HANGUP, ERROR = libvirt.VIR_EVENT_HANDLE_HANGUP, libvirt.VIR_EVENT_HANDLE_ERROR


def say(check, is_right, saw):
    print(json.dumps({'check': check, 'right': bool(is_right), 'saw': saw}), flush=True)


async def wake(loop):
    fired, armed = [], []

    def on_fired(timer, opaque):
        fired.append(time.monotonic())
        libvirt.virEventUpdateTimeout(timer, -1)

    def arm():
        armed.append(time.monotonic())
        libvirt.virEventUpdateTimeout(timer, 0)

    timer = libvirt.virEventAddTimeout(-1, on_fired, None)
    await asyncio.sleep(0)
    loop.call_later(2, int)  # nothing else would wake the loop
    threading.Timer(0.2, arm).start()
    await asyncio.sleep(2)
    ms = (fired[0] - armed[0]) * 1e3 if fired else None
    say('wake', fired and ms < 100, f'{ms:.1f} ms' if fired else 'not in 1.8 s')
    libvirt.virEventRemoveTimeout(timer)


async def shorter():
    fired = []
    start = time.monotonic()
    timer = libvirt.virEventAddTimeout(1000, lambda t, o: fired.append(time.monotonic()), None)
    await asyncio.sleep(0.05)
    libvirt.virEventUpdateTimeout(timer, 10)
    await asyncio.sleep(1.3)
    ms = (fired[0] - start) * 1e3
    say('shorter', ms < 200, f'after {ms:.0f} ms')
    libvirt.virEventRemoveTimeout(timer)


async def hangup():
    seen = []
    r, w = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        watch = libvirt.virEventAddHandle(r, HANGUP | ERROR, lambda wt, fd, events, o: seen.append(events), None)
    os.close(w)
    await asyncio.sleep(0.2)
    say('hangup', seen and seen[0] & HANGUP, f'mask {seen[0] if seen else 0}')
    libvirt.virEventRemoveHandle(watch)
    await asyncio.sleep(0.05)
    is_open = os.path.exists(f'/proc/self/fd/{r}')
    say('fd', is_open, 'still open' if is_open else 'closed')


class Opaque:
    freed = 0

    def __del__(self):
        Opaque.freed += 1


async def count_freed():
    """Removes 100 timeouts, waits a while, and counts those that are freed."""
    Opaque.freed = 0
    for _ in range(100):
        libvirt.virEventRemoveTimeout(libvirt.virEventAddTimeout(1000, lambda t, o: None, Opaque()))
    await asyncio.sleep(0.5)
    return Opaque.freed


async def zero():
    turns, idle = [], await count_freed()
    busy = libvirt.virEventAddTimeout(0, lambda t, o: turns.append(1), None)
    await asyncio.sleep(0.2)
    say('zero', len(turns) > 10, f'{len(turns)} times in 0.2 s')
    freed = await count_freed()
    say('freed', freed == 100, f'{freed} of 100 ({idle} with no 0 ms timeout)')
    libvirt.virEventRemoveTimeout(busy)


async def quirks():
    loop = register_impl()
    await wake(loop)
    await shorter()
    await hangup()
    await zero()
