// W6: many connections that do nothing, each with a lifecycle callback.
#include <stdlib.h>
#include <string.h>

#include "peer.h"

static long got, want;
static uint64_t last_ns;

static int on_event(virConnectPtr c, virDomainPtr d, int event, int detail, void *opaque) {
  (void)c, (void)d, (void)event, (void)detail, (void)opaque;
  if (++got == want) {
    last_ns = now_ns();
    done = 1;
  }
  return 0;
}

int run_idle(void) {
  const char *uri = text_argument("uri", "test:///default");
  want = number_argument("m", 1000);
  virConnectPtr *connections = calloc(want, sizeof *connections);
  int *ids = calloc(want, sizeof *ids);
  // The first connection also loads and initialises libraries. Only the cost of the others is measured.
  virConnectClose(connect_to(uri));
  long before_kib = rss_kib();
  uint64_t start = now_ns();
  for (long i = 0; i < want; i++) {
    connections[i] = connect_to(uri);
    ids[i] = register_lifecycle(connections[i], on_event, NULL);
  }
  report_begin("idle");
  report_number("open_ms", (now_ns() - start) / 1e6, 1);
  report_number("kib_per_connection", (double)(rss_kib() - before_kib) / want, 1);

  stop_after(number_argument("secs", 2) * 1000);
  struct moment from = now();
  loop_until_done();
  struct moment to = now();
  report_number("idle_cpu_percent", cpu_between(from, to) / seconds_between(from, to) * 100, 3);

  if (!strcmp(uri, "test:///default")) {
    done = 0;
    start = now_ns();
    virDomainSuspend(test_domain(connections[0]));
    loop_until_done();
    report_number("fanout_ms", (last_ns - start) / 1e6, 2);
  }
  start = now_ns();
  for (long i = 0; i < want; i++) {
    virConnectDomainEventDeregisterAny(connections[i], ids[i]);
    virConnectClose(connections[i]);
  }
  report_number("close_ms", (now_ns() - start) / 1e6, 1);
  report_end();
  return 0;
}
