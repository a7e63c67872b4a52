// W1 and W8: lifecycle events from flood_server, as fast as they come.
#include <stdlib.h>

#include "peer.h"

static long events, markers, connections, deliveries, subscribers;
static struct moment first, last;

// Each subscriber counts events, and compares two numbers.
struct subscriber {
  void (*deliver)(struct subscriber *self, int event, int detail);
  long failed;
};

static void deliver(struct subscriber *self, int event, int detail) {
  deliveries++;
  if (event == VIR_DOMAIN_EVENT_STOPPED && detail == VIR_DOMAIN_EVENT_STOPPED_FAILED) self->failed++;
}

// libvirt accepts the same callback only once per connection, so this program itself calls further
// subscribers.
static int on_event(virConnectPtr c, virDomainPtr d, int event, int detail, void *opaque) {
  (void)c, (void)d;
  struct subscriber *all = opaque;
  if (events++ == 0) first = now();
  for (long i = 0; i < subscribers; i++) all[i].deliver(&all[i], event, detail);
  if (event == VIR_DOMAIN_EVENT_STOPPED && ++markers == connections) {
    last = now();
    done = 1;
  }
  return 0;
}

int run_flood(void) {
  connections = number_argument("connections", 1);
  subscribers = number_argument("subscribers", 1);
  struct subscriber *all = calloc(subscribers, sizeof *all);
  for (long i = 0; i < subscribers; i++) all[i].deliver = deliver;
  virConnectPtr *opened = calloc(connections, sizeof *opened);
  int *ids = calloc(connections, sizeof *ids);
  for (long i = 0; i < connections; i++) opened[i] = connect_to(text_argument("uri", ""));
  for (long i = 0; i < connections; i++) ids[i] = register_lifecycle(opened[i], on_event, all);
  loop_until_done();

  double seconds = seconds_between(first, last), counted = events - 1;
  report_begin("flood");
  report_number("n", events, 0);
  report_number("seconds", seconds, 4);
  report_number("events_per_s", counted / seconds, 0);
  report_number("deliveries_per_s", deliveries / seconds, 0);
  report_number("cpu_us_per_event", cpu_between(first, last) * 1e6 / counted, 3);
  report_number("cpu_us_per_delivery", cpu_between(first, last) * 1e6 / deliveries, 4);
  report_end();
  for (long i = 0; i < connections; i++) {
    virConnectDomainEventDeregisterAny(opened[i], ids[i]);
    virConnectClose(opened[i]);
  }
  return 0;
}
