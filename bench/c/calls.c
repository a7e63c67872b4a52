// W7: a call, one at a time, or many in flight with one thread for each.
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"

static long calls_each;
static virConnectPtr connection;
static virDomainPtr domain;

static void get_state(void) {
  int state, reason;
  if (virDomainGetState(domain, &state, &reason, 0) < 0) die("state");
}

static void get_xml(void) {
  char *xml = virDomainGetXMLDesc(domain, 0);
  if (!xml) die("xml");
  free(xml);
}

static volatile size_t seen;

// Reads what an object of the other peers has: name, UUID and id.
static void see(virDomainPtr each) {
  char uuid[VIR_UUID_STRING_BUFLEN];
  if (virDomainGetUUIDString(each, uuid) < 0) die("uuid");
  seen += strlen(virDomainGetName(each)) + strlen(uuid) + virDomainGetID(each);
}

static void list(void) {
  virDomainPtr *domains;
  int count = virConnectListAllDomains(connection, &domains, 0);
  if (count < 0) die("list");
  for (int i = 0; i < count; i++) {
    see(domains[i]);
    virDomainFree(domains[i]);
  }
  free(domains);
}

static void get_stats(void) {
  virDomainStatsRecordPtr *records;
  if (virConnectGetAllDomainStats(connection, 0, &records, 0) < 0) die("stats");
  for (virDomainStatsRecordPtr *each = records; *each; each++) {
    see((*each)->dom);
    for (int i = 0; i < (*each)->nparams; i++) seen += strlen((*each)->params[i].field);
  }
  virDomainStatsRecordListFree(records);
}

static const struct {
  const char *name;
  void (*make)(void);
} kinds[] = {{"state", get_state}, {"xml", get_xml}, {"list", list}, {"stats", get_stats}};
static void (*make_call)(void) = get_state;

static void *call(void *tenths) {
  uint32_t *took = tenths;
  for (long i = 0; i < calls_each; i++) {
    uint64_t start = now_ns();
    make_call();
    took[i] = (now_ns() - start) / 100;
  }
  return NULL;
}

int run_calls(void) {
  long inflight = number_argument("inflight", 1);
  calls_each = number_argument("n", 20000) / inflight;
  long n = calls_each * inflight;
  uint32_t *tenths = calloc(n, sizeof *tenths);
  pthread_t *threads = calloc(inflight, sizeof *threads);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (!strcmp(kinds[i].name, text_argument("call", "state"))) make_call = kinds[i].make;
  connection = connect_to(text_argument("uri", "test:///default"));
  domain = test_domain(connection);
  struct moment from = now();
  if (inflight == 1) {
    call(tenths);
  } else {
    for (long i = 0; i < inflight; i++) pthread_create(&threads[i], NULL, call, tenths + i * calls_each);
    for (long i = 0; i < inflight; i++) pthread_join(threads[i], NULL);
  }
  struct moment to = now();
  sort_numbers(tenths, n);

  double seconds = seconds_between(from, to);
  report_begin("calls");
  report_number("n", n, 0);
  report_number("calls_per_s", n / seconds, 0);
  report_number("us_per_call", seconds * 1e6 / n, 2);
  report_number("p50_us", percentile(tenths, n, .5) / 10, 1);
  report_number("p99_us", percentile(tenths, n, .99) / 10, 1);
  report_number("cpu_us_per_call", cpu_between(from, to) * 1e6 / n, 2);
  report_end();
  return 0;
}
