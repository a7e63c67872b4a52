// peer: libvirt's own event loop in C (virEventRegisterDefaultImpl). The other peers are compared with it.
//
// usage: peer WORKLOAD [key=value ...]      prints one line of JSON; the keys are in ../README.md
// impl=epoll [drain=N] runs the loop of epoll_impl.c instead of libvirt's.
#include <libvirt/libvirt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "epoll_impl.h"
#include "peer.h"

static const struct {
  const char *name;
  int (*run)(void);
} workloads[] = {
    {"flood", run_flood},   {"inproc", run_inproc},   {"watch", run_watch}, {"timer0", run_timer0},
    {"timers", run_timers}, {"latency", run_latency}, {"idle", run_idle},   {"calls", run_calls},
    {"start", run_start},   {"quirks", run_quirks},
};

int main(int argc, char **argv) {
  arguments = argv + (argc > 1 ? 2 : 1);
  signal(SIGPIPE, SIG_IGN);
  if (!strcmp(text_argument("impl", "default"), "epoll")) {
    epoll_impl_register(number_argument("drain", 0));
    run_once = epoll_impl_run_once;
  } else if (virEventRegisterDefaultImpl() < 0) {
    die("virEventRegisterDefaultImpl");
  }
  for (size_t i = 0; argc > 1 && i < sizeof workloads / sizeof *workloads; i++)
    if (!strcmp(argv[1], workloads[i].name)) return workloads[i].run();
  fprintf(stderr, "usage: %s WORKLOAD [key=value ...]\n", argv[0]);
  return 2;
}
