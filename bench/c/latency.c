// W5: the time from just before a call until its event, one call at a time, through libvirtd.
#include <inttypes.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "peer.h"

static long warm_up;
static uint64_t *event_ns, *call_ns;
static long got, want;
static int helper_in = -1;
static sem_t next_call;

static int on_event(virConnectPtr c, virDomainPtr d, int event, int detail, void *opaque) {
  (void)c, (void)d, (void)event, (void)detail, (void)opaque;
  if (got == want) return 0;
  event_ns[got++] = now_ns();
  if (got == want)
    done = 1;
  else if (helper_in < 0)
    sem_post(&next_call);
  else if (write(helper_in, "n", 1) != 1)
    done = 1;
  return 0;
}

static void *make_calls(void *domain) {
  int state = 0;
  virDomainGetState(domain, &state, NULL, 0);
  int paused = state == VIR_DOMAIN_PAUSED;
  for (long i = 0; i < want; i++, paused = !paused) {
    sem_wait(&next_call);
    call_ns[i] = now_ns();
    if ((paused ? virDomainResume(domain) : virDomainSuspend(domain)) < 0) die("suspend or resume");
  }
  if (paused) virDomainResume(domain);
  return NULL;
}

static pid_t start_trigger(const char *uri, int *out) {
  char count[32], line[8];
  snprintf(count, sizeof count, "%ld", want);
  char *argv[] = {NULL, (char *)uri, count, NULL};
  pid_t pid = start_helper("trigger", argv, &helper_in, out);
  if (read(*out, line, 6) != 6) die("trigger did not start");  // "ready\n"
  if (write(helper_in, "n", 1) != 1) die("trigger");
  return pid;
}

static void read_trigger(pid_t pid, int out) {
  FILE *file = fdopen(out, "r");
  for (long i = 0; i < want; i++)
    if (fscanf(file, "%" SCNu64, &call_ns[i]) != 1) break;
  waitpid(pid, NULL, 0);
}

int run_latency(void) {
  const char *via = text_argument("via", "helper"), *uri = text_argument("uri", "test+unix:///default");
  warm_up = number_argument("warm", 6000);
  want = number_argument("n", 2000) + warm_up;
  event_ns = calloc(want, sizeof *event_ns);
  call_ns = calloc(want, sizeof *call_ns);
  virConnectPtr connection = connect_to(uri);
  register_lifecycle(connection, on_event, NULL);
  stop_after(40000);
  pid_t pid = 0;
  pthread_t thread;
  int out = -1;
  if (!strcmp(via, "helper")) {
    pid = start_trigger(uri, &out);
  } else {
    virConnectPtr caller = !strcmp(via, "thread") ? connect_to(uri) : connection;
    sem_init(&next_call, 0, 1);
    pthread_create(&thread, NULL, make_calls, test_domain(caller));
  }
  loop_until_done();
  if (pid)
    read_trigger(pid, out);
  else if (got == want)
    pthread_join(thread, NULL);

  long n = got > warm_up ? got - warm_up : 0;
  uint32_t *tenths = calloc(n + 1, sizeof *tenths);
  for (long i = 0; i < n; i++) tenths[i] = (event_ns[i + warm_up] - call_ns[i + warm_up]) / 100;
  sort_numbers(tenths, n);
  report_begin("latency");
  report_number("n", n, 0);
  report_number("p50_us", percentile(tenths, n, .5) / 10, 1);
  report_number("p90_us", percentile(tenths, n, .9) / 10, 1);
  report_number("p99_us", percentile(tenths, n, .99) / 10, 1);
  report_number("max_us", percentile(tenths, n, 1) / 10, 1);
  report_end();
  _exit(0);
}
