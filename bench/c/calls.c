// W7: virDomainGetState, one call at a time, or many in flight with one thread for each.
#include <pthread.h>
#include <stdlib.h>

#include "peer.h"

static long calls_each;
static virDomainPtr domain;

static void *call(void *tenths) {
  uint32_t *took = tenths;
  for (long i = 0; i < calls_each; i++) {
    int state, reason;
    uint64_t start = now_ns();
    if (virDomainGetState(domain, &state, &reason, 0) < 0) die("state");
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
  domain = test_domain(connect_to(text_argument("uri", "test:///default")));
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
