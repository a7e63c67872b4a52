// W9: from the start of the process to a connection and to its first event.
#include <stdlib.h>

#include "peer.h"

static uint64_t event_ns;

static int on_event(virConnectPtr c, virDomainPtr d, int event, int detail, void *opaque) {
  (void)c, (void)d, (void)event, (void)detail, (void)opaque;
  event_ns = now_ns();
  done = 1;
  return 0;
}

int run_start(void) {
  uint64_t loaded = now_ns(), t0 = strtoull(text_argument("t0", "0"), NULL, 10);
  virConnectPtr connection = connect_to(text_argument("uri", "test:///default"));
  uint64_t connected = now_ns();
  int id = register_lifecycle(connection, on_event, NULL);
  virDomainPtr domain = test_domain(connection);
  virDomainSuspend(domain);
  loop_until_done();
  report_begin("start");
  report_number("import_ms", (loaded - t0) / 1e6, 3);
  report_number("connect_ms", (connected - t0) / 1e6, 3);
  report_number("event_ms", (event_ns - t0) / 1e6, 3);
  report_end();
  virDomainFree(domain);
  virConnectDomainEventDeregisterAny(connection, id);
  virConnectClose(connection);
  return 0;
}
