// trigger: suspends or resumes the domain "test" once for each byte on stdin. Uses blocking calls and no
// event loop.
//
// usage: trigger URI COUNT
// Prints "ready" when it is connected. After COUNT calls, prints the time (CLOCK_MONOTONIC, ns) just before
// each call, one per line.
#include <inttypes.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: %s URI COUNT\n", argv[0]);
    return 2;
  }
  int count = atoi(argv[2]), state = 0;
  uint64_t *called = calloc(count, sizeof *called);
  alarm(50);
  virConnectPtr connection = virConnectOpen(argv[1]);
  virDomainPtr domain = connection ? virDomainLookupByName(connection, "test") : NULL;
  if (!domain || virDomainGetState(domain, &state, NULL, 0) < 0) {
    fprintf(stderr, "trigger: %s\n", virGetLastErrorMessage());
    return 1;
  }
  int paused = state == VIR_DOMAIN_PAUSED;
  puts("ready");
  fflush(stdout);
  for (int i = 0; i < count; i++, paused = !paused) {
    char byte;
    if (read(0, &byte, 1) != 1) break;
    called[i] = now_ns();
    if ((paused ? virDomainResume(domain) : virDomainSuspend(domain)) < 0) return 1;
  }
  for (int i = 0; i < count; i++) printf("%" PRIu64 "\n", called[i]);
  if (paused) virDomainResume(domain);  // leave the domain running
  virDomainFree(domain);
  virConnectClose(connection);
  return 0;
}
