// W4: one timeout of 0 ms, alone or beside a timeout of 10 ms and a pipe. Also a thousand timeouts of 10 ms.
#include <stdlib.h>

#include "peer.h"

static long zero_fired, ten_fired;
static uint64_t end_ns;

static void on_zero(int timer, void *opaque) {
  (void)timer, (void)opaque;
  zero_fired++;
  if (now_ns() >= end_ns) done = 1;
}

static void on_ten(int timer, void *opaque) {
  (void)timer, (void)opaque;
  ten_fired++;
}

int run_timer0(void) {
  long secs = number_argument("secs", 2), mix = number_argument("mix", 0);
  struct pinger pinger = {0, -1};
  if (mix) pinger = start_pinger("pp", 1);
  if (mix) virEventAddTimeout(10, on_ten, NULL, NULL);
  virEventAddTimeout(0, on_zero, NULL, NULL);
  stop_after(secs * 1000 + 500);  // in case the 0 ms timeout does not repeat
  struct moment from = now();
  end_ns = from.ns + secs * 1000000000ull;
  if (mix) go_pinger(pinger);
  loop_until_done();
  struct moment to = now();
  if (mix) end_helper(pinger.pid);

  double seconds = seconds_between(from, to);
  report_begin("timer0");
  report_number("seconds", seconds, 3);
  report_number("callbacks", zero_fired, 0);
  report_number("callbacks_per_s", zero_fired / seconds, 0);
  report_number("ten_ms_fired", ten_fired, 0);
  report_number("pipe_dispatches_per_s", pinger_dispatches / seconds, 0);
  report_number("cpu_percent", cpu_between(from, to) / seconds * 100, 1);
  report_end();
  return 0;
}

static uint32_t *late_us;
static size_t fired, capacity;
static uint64_t *previous, period_ns;

static void on_timer(int timer, void *opaque) {
  (void)timer;
  size_t i = (size_t)opaque;
  uint64_t at = now_ns(), due = previous[i] + period_ns;
  if (fired < capacity) late_us[fired++] = at > due ? (at - due) / 1000 : 0;
  previous[i] = at;
}

int run_timers(void) {
  long m = number_argument("m", 1000), ms = number_argument("ms", 10), secs = number_argument("secs", 3);
  double ideal = (double)m * secs * 1000 / ms;
  capacity = ideal * 2;
  late_us = calloc(capacity, sizeof *late_us);
  previous = calloc(m, sizeof *previous);
  period_ns = ms * 1000000ull;
  stop_after(secs * 1000);
  struct moment from = now();
  for (long i = 0; i < m; i++) {
    previous[i] = now_ns();
    virEventAddTimeout(ms, on_timer, (void *)i, NULL);
  }
  loop_until_done();
  struct moment to = now();
  sort_numbers(late_us, fired);

  report_begin("timers");
  report_number("fired_percent", 100 * fired / ideal, 1);
  report_number("late_p50_ms", percentile(late_us, fired, .5) / 1e3, 3);
  report_number("late_p99_ms", percentile(late_us, fired, .99) / 1e3, 3);
  report_number("late_max_ms", percentile(late_us, fired, 1) / 1e3, 3);
  report_number("cpu_percent", cpu_between(from, to) / seconds_between(from, to) * 100, 1);
  report_end();
  return 0;
}
