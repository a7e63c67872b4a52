"""W3 (watch), W4 (timer0, timers): the event loop by itself."""
import asyncio

import libvirt

from support import Pinger, argument, cpu, now, percentile, register_impl, report


async def watch():
    register_impl()
    pinger = Pinger(argument('mode', 'pp'), argument('m', 1))
    start, start_cpu = now(), cpu()
    pinger.go()
    await asyncio.sleep(argument('secs', 2))
    seconds, used = (now() - start) / 1e9, cpu() - start_cpu
    pinger.stop()
    report('watch', seconds=seconds, dispatches=pinger.dispatches,
           dispatches_per_s=round(pinger.dispatches / seconds),
           cpu_us_per_dispatch=used * 1e6 / max(pinger.dispatches, 1))


async def timer0():
    loop = register_impl()
    secs, mix = argument('secs', 2), argument('mix', 0)
    zero = ten = 0
    done = loop.create_future()
    pinger = Pinger('pp', 1) if mix else None

    def on_zero(timer, opaque):
        nonlocal zero
        zero += 1
        if now() >= end and not done.done():
            done.set_result(None)

    def on_ten(timer, opaque):
        nonlocal ten
        ten += 1

    if mix:
        libvirt.virEventAddTimeout(10, on_ten, None)
    libvirt.virEventAddTimeout(0, on_zero, None)
    start, start_cpu = now(), cpu()
    end = start + secs * 10**9
    if pinger:
        pinger.go()
    try:
        await asyncio.wait_for(done, secs + 0.5)
    except asyncio.TimeoutError:
        pass
    seconds, used = (now() - start) / 1e9, cpu() - start_cpu
    if pinger:
        pinger.stop()
    report('timer0', seconds=seconds, callbacks=zero, callbacks_per_s=round(zero / seconds), ten_ms_fired=ten,
           pipe_dispatches_per_s=round(pinger.dispatches / seconds) if pinger else 0,
           cpu_percent=used / seconds * 100)


async def timers():
    register_impl()
    count, ms, secs = argument('m', 1000), argument('ms', 10), argument('secs', 3)
    period = ms * 10**6
    late, previous = [], [0] * count

    def on_timer(timer, i):
        at = now()
        late.append(at - previous[i] - period)
        previous[i] = at

    start, start_cpu = now(), cpu()
    for i in range(count):
        previous[i] = now()
        libvirt.virEventAddTimeout(ms, on_timer, i)
    await asyncio.sleep(secs)
    seconds, used = (now() - start) / 1e9, cpu() - start_cpu
    late = sorted(max(x, 0) / 1e6 for x in late)
    report('timers', fired_percent=100 * len(late) / (count * secs * 1000 / ms), late_p50_ms=percentile(late, .5),
           late_p99_ms=percentile(late, .99), late_max_ms=percentile(late, 1), cpu_percent=used / seconds * 100)
