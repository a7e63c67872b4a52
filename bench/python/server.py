"""W10 (http): an HTTP server. Beside it, floods of events cause work, and one connection is quiet."""
import asyncio
import time

import libvirt

from support import BIN, argument, cpu, now, register_impl, register_lifecycle, report

# Added to the run: http_client's first second, the time for which it waits for answers, and one second more. Later
# events cause no work, so that the run can end.
MORE_SECS = 5

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'


async def answer(reader, writer):
    await reader.readuntil(b'\r\n\r\n')
    writer.write(ANSWER)
    await writer.drain()
    writer.close()


def answers_call(connection):
    """Makes a call, because otherwise it may go unnoticed that the daemon has dropped the connection."""
    try:
        connection.lookupByName('test')
        return True
    except libvirt.libvirtError:
        return False


async def http():
    loop = register_impl()
    secs, work = argument('secs', 10), argument('work_us', 200) / 1e6
    heard = [0] * argument('floods', 1)
    begun = loop.create_future()
    lost = 0
    work_until = float('inf')

    def on_close(connection, reason, opaque):
        nonlocal lost
        lost += 1

    def subscriber(i):
        def on_event(connection, domain, event, detail, opaque):
            heard[i] += 1
            if not begun.done():
                begun.set_result(None)
            start = time.perf_counter()
            if start < work_until:
                while time.perf_counter() - start < work:
                    pass
        return on_event

    quiet = libvirt.open(argument('quiet', ''))
    quiet.setKeepAlive(1, 3)
    floods = [libvirt.open(argument('uri', '')) for _ in heard]
    for i, connection in enumerate(floods):
        connection.registerCloseCallback(on_close, None)
        register_lifecycle(connection, subscriber(i))
    await begun
    work_until = time.perf_counter() + secs + MORE_SECS

    start, start_cpu = now(), cpu()
    server = await asyncio.start_server(answer, '127.0.0.1', 0, backlog=1024)
    port = server.sockets[0].getsockname()[1]
    client = await asyncio.create_subprocess_exec(BIN + '/http_client', str(port), str(secs))
    await client.wait()
    seconds, used = (now() - start) / 1e9, cpu() - start_cpu
    report('http', events_per_s=round(sum(heard) / seconds),
           slowest_percent=100 * min(heard) * len(heard) / sum(heard), cpu_percent=used / seconds * 100,
           quiet_lost=not answers_call(quiet), lost=lost)
