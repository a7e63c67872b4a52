"""W5 (latency), W7 (calls), W9 (start): calls while the event loop runs."""
import asyncio
import concurrent.futures
import os
import subprocess
import threading

import libvirt

from support import BIN, argument, cpu, now, percentile, register_impl, register_lifecycle, report

WARM_UP = argument('warm', 6000)


async def latency():
    loop = register_impl()
    via, uri, want = argument('via', 'helper'), argument('uri', ''), argument('n', 2000) + WARM_UP
    event_ns, call_ns = [], []
    done = loop.create_future()
    next_call = threading.Semaphore(1)
    connection = libvirt.open(uri)
    child = thread = None
    stop = False

    def on_event(connection, domain, event, detail, opaque):
        if len(event_ns) == want:
            return
        event_ns.append(now())
        if len(event_ns) == want:
            done.set_result(None)
        elif child:
            os.write(child.stdin.fileno(), b'n')
        else:
            next_call.release()

    def make_calls(domain):
        paused = domain.state()[0] == libvirt.VIR_DOMAIN_PAUSED
        while len(call_ns) < want:
            next_call.acquire()
            if stop:
                break
            call_ns.append(now())
            if paused:
                domain.resume()
            else:
                domain.suspend()
            paused = not paused
        if paused:
            domain.resume()

    register_lifecycle(connection, on_event)
    if via == 'helper':
        child = subprocess.Popen([BIN + '/trigger', uri, str(want)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert child.stdout.readline() == b'ready\n'
        os.write(child.stdin.fileno(), b'n')
    else:
        caller = libvirt.open(uri) if via == 'thread' else connection
        thread = threading.Thread(target=make_calls, args=(caller.lookupByName('test'),))
        thread.start()
    try:
        await asyncio.wait_for(asyncio.shield(done), argument('limit', 30))
    except asyncio.TimeoutError:
        pass
    stalled = len(event_ns) < want
    if child:
        call_ns = [int(line) for line in child.stdout]
        child.wait()
    else:
        stop = True
        next_call.release()
        thread.join()
    took = sorted((e - c) / 1e3 for e, c in zip(event_ns[WARM_UP:], call_ns[WARM_UP:]))
    report('latency', stalled=stalled, n=len(took),
           **({} if stalled else {'p50_us': percentile(took, .5), 'p90_us': percentile(took, .9),
                                  'p99_us': percentile(took, .99), 'max_us': percentile(took, 1)}))


async def calls():
    inflight, n = argument('inflight', 1), argument('n', 20000)
    register_impl()
    connection = libvirt.open(argument('uri', 'test:///default'))
    domain = connection.lookupByName('test')

    def see(each):
        return each.name(), each.UUIDString(), each.ID()

    make_call = {'state': domain.state, 'xml': domain.XMLDesc,
                 'list': lambda: [see(each) for each in connection.listAllDomains()],
                 'stats': lambda: [(see(each), stats) for each, stats in connection.getAllDomainStats()],
                 }[argument('call', 'state')]
    each = n // inflight
    took = []

    def call():
        mine = []
        for _ in range(each):
            start = now()
            make_call()
            mine.append(now() - start)
        took.extend(mine)

    start, start_cpu = now(), cpu()
    if inflight == 1:
        call()
    else:
        with concurrent.futures.ThreadPoolExecutor(inflight) as threads:
            for _ in range(inflight):
                threads.submit(call)
    seconds, used = (now() - start) / 1e9, cpu() - start_cpu
    took = sorted(x / 1e3 for x in took)
    report('calls', n=len(took), calls_per_s=round(len(took) / seconds), us_per_call=seconds * 1e6 / len(took),
           p50_us=percentile(took, .5), p99_us=percentile(took, .99), cpu_us_per_call=used * 1e6 / len(took))


async def start():
    began = argument('t0', 0)
    imported = now()
    done = register_impl().create_future()
    connection = libvirt.open(argument('uri', 'test:///default'))
    connected = now()
    callback_id = register_lifecycle(connection, lambda *event: done.set_result(now()))
    connection.lookupByName('test').suspend()
    first_event = await done
    report('start', import_ms=(imported - began) / 1e6, connect_ms=(connected - began) / 1e6,
           event_ms=(first_event - began) / 1e6)
    connection.domainEventDeregisterAny(callback_id)
    connection.close()
