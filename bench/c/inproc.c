// W2: suspend and resume on test:///default in this process, from a thread or 100 calls per turn of the loop.
#include <pthread.h>
#include <string.h>

#include "peer.h"

static long got, want, made;
static struct moment first, last;
static uint64_t generated_ns;

static int on_event(virConnectPtr c, virDomainPtr d, int event, int detail, void *opaque) {
  (void)c, (void)d, (void)event, (void)detail, (void)opaque;
  if (++got == want) {
    last = now();
    done = 1;
  }
  return 0;
}

static void generate(virDomainPtr domain, long count) {
  if (!made) first = now();
  for (; count-- && made < want; made++)
    if ((made % 2 ? virDomainResume(domain) : virDomainSuspend(domain)) < 0) die("suspend or resume");
  generated_ns = now_ns();
}

static void *generate_all(void *domain) {
  generate(domain, want);
  return NULL;
}

static void generate_batch(int timer, void *domain) {
  generate(domain, 100);
  if (made == want) virEventUpdateTimeout(timer, -1);
}

int run_inproc(void) {
  want = number_argument("n", 100000);
  int in_thread = !strcmp(text_argument("gen", "thread"), "thread");
  virConnectPtr connection = connect_to("test:///default");
  virDomainPtr domain = test_domain(connection);
  register_lifecycle(connection, on_event, NULL);
  pthread_t thread;
  if (in_thread)
    pthread_create(&thread, NULL, generate_all, domain);
  else
    virEventAddTimeout(0, generate_batch, domain, NULL);
  loop_until_done();
  if (in_thread) pthread_join(thread, NULL);

  double seconds = seconds_between(first, last);
  report_begin("inproc");
  report_number("n", got, 0);
  report_number("seconds", seconds, 4);
  report_number("events_per_s", got / seconds, 0);
  report_number("generator_seconds", (generated_ns - first.ns) / 1e9, 4);
  report_number("cpu_us_per_event", cpu_between(first, last) * 1e6 / got, 3);
  report_end();
  return 0;
}
