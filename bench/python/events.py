"""W1 and W8 (flood), W2 (inproc), W6 (idle): lifecycle events."""
import asyncio
import threading
import time

import libvirt

from support import argument, cpu, now, register_impl, register_lifecycle, report, status_kib


async def flood():
    done = register_impl().create_future()
    count, subscriber_count = argument('connections', 1), argument('subscribers', 1)
    events = markers = deliveries = 0
    first = first_cpu = last = last_cpu = None

    def make_subscriber():
        failed = 0

        def deliver(event, detail):
            nonlocal deliveries, failed
            deliveries += 1
            if event == libvirt.VIR_DOMAIN_EVENT_STOPPED and detail == libvirt.VIR_DOMAIN_EVENT_STOPPED_FAILED:
                failed += 1
        return deliver

    # libvirt accepts the same callback only once per connection, so this program itself calls further subscribers.
    subscribers = [make_subscriber() for _ in range(subscriber_count)]

    def on_event(connection, domain, event, detail, opaque):
        nonlocal events, markers, first, first_cpu, last, last_cpu
        if events == 0:
            first, first_cpu = now(), cpu()
        events += 1
        for deliver in subscribers:
            deliver(event, detail)
        if event == libvirt.VIR_DOMAIN_EVENT_STOPPED:
            markers += 1
            if markers == count:
                last, last_cpu = now(), cpu()
                done.set_result(None)

    connections = [libvirt.open(argument('uri', '')) for _ in range(count)]
    ids = [register_lifecycle(c, on_event) for c in connections]
    await done
    seconds, used = (last - first) / 1e9, last_cpu - first_cpu
    report('flood', n=events, seconds=seconds, events_per_s=round((events - 1) / seconds),
           deliveries_per_s=round(deliveries / seconds), cpu_us_per_event=used * 1e6 / (events - 1),
           cpu_us_per_delivery=used * 1e6 / deliveries)
    for connection, callback_id in zip(connections, ids):
        connection.domainEventDeregisterAny(callback_id)
        connection.close()


async def inproc():
    loop = register_impl()
    want, limit, gen = argument('n', 100000), argument('limit', 20), argument('gen', 'thread')
    done = loop.create_future()
    connection = libvirt.open('test:///default')
    domain = connection.lookupByName('test')
    got = made = 0
    first = first_cpu = last = last_cpu = generated = None

    def on_event(connection, domain, event, detail, opaque):
        nonlocal got, last, last_cpu
        got += 1
        if got == want:
            last, last_cpu = now(), cpu()
            done.set_result(None)

    def begin():
        nonlocal first, first_cpu
        first, first_cpu = now(), cpu()

    def generate(count):
        nonlocal made, generated
        for made in range(made + 1, min(made + count, want) + 1):
            if made & 1:
                domain.suspend()
            else:
                domain.resume()
        generated = now()

    def generate_batch():
        generate(100)
        if made < want:
            loop.call_soon(generate_batch)

    def generate_all():
        time.sleep(0.05)  # so that the loop is asleep when the first event is queued
        begin()
        generate(want)

    register_lifecycle(connection, on_event)
    thread = threading.Thread(target=generate_all if gen == 'thread' else lambda: None)
    thread.start()
    if gen == 'batch':
        begin()
        generate_batch()
    try:
        await asyncio.wait_for(asyncio.shield(done), limit)
    except asyncio.TimeoutError:
        pass
    if got < want:
        last, last_cpu = now(), cpu()
    thread.join()
    seconds = (last - first) / 1e9
    stalled = seconds > limit - 0.2  # only the time limit woke the loop
    report('inproc', n=got, seconds=seconds, stalled=stalled,
           **({} if stalled else {'events_per_s': round(got / seconds),
                                  'cpu_us_per_event': (last_cpu - first_cpu) * 1e6 / max(got, 1)}),
           generator_seconds=(generated - first) / 1e9)


async def idle():
    loop = register_impl()
    uri, count = argument('uri', 'test:///default'), argument('m', 1000)
    done = loop.create_future()
    got = 0

    def on_event(connection, domain, event, detail, opaque):
        nonlocal got
        got += 1
        if got == count:
            done.set_result(now())

    # The first connection also loads and initialises libraries. Only the cost of the others is measured.
    libvirt.open(uri).close()
    before_kib, start = status_kib('VmRSS'), now()
    connections, ids = [], []
    for _ in range(count):
        connections.append(libvirt.open(uri))
        ids.append(register_lifecycle(connections[-1], on_event))
    figures = {'open_ms': (now() - start) / 1e6, 'kib_per_connection': (status_kib('VmRSS') - before_kib) / count}
    start, start_cpu = now(), cpu()
    await asyncio.sleep(argument('secs', 2))
    figures['idle_cpu_percent'] = (cpu() - start_cpu) / (now() - start) * 1e11
    if uri == 'test:///default':
        start = now()
        connections[0].lookupByName('test').suspend()
        figures['fanout_ms'] = (await done - start) / 1e6
    start = now()
    for connection, callback_id in zip(connections, ids):
        connection.domainEventDeregisterAny(callback_id)
        connection.close()
    report('idle', **figures, close_ms=(now() - start) / 1e6)
