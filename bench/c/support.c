#define _GNU_SOURCE
#include <fcntl.h>
#include <libgen.h>
#include <libvirt/virterror.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "peer.h"

char **arguments;
volatile int done;
int (*run_once)(void) = virEventRunDefaultImpl;

const char *text_argument(const char *key, const char *otherwise) {
  size_t size = strlen(key);
  for (char **a = arguments; *a; a++)
    if (!strncmp(*a, key, size) && (*a)[size] == '=') return *a + size + 1;
  return otherwise;
}

long number_argument(const char *key, long otherwise) {
  const char *text = text_argument(key, NULL);
  return text ? atol(text) : otherwise;
}

uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

struct moment now(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (struct moment){now_ns(), usage.ru_utime.tv_sec + usage.ru_utime.tv_usec / 1e6,
                         usage.ru_stime.tv_sec + usage.ru_stime.tv_usec / 1e6};
}

double seconds_between(struct moment from, struct moment to) { return (to.ns - from.ns) / 1e9; }

double cpu_between(struct moment from, struct moment to) { return to.user - from.user + to.sys - from.sys; }

// A value of /proc/self/status. ru_maxrss would be wrong: it includes the size of the parent at the time of
// the fork.
static long status_kib(const char *key) {
  char line[256];
  long kib = 0;
  FILE *file = fopen("/proc/self/status", "r");
  while (file && fgets(line, sizeof line, file))
    if (!strncmp(line, key, strlen(key))) kib = atol(line + strlen(key));
  if (file) fclose(file);
  return kib;
}

long rss_kib(void) { return status_kib("VmRSS:"); }

void report_begin(const char *workload) { printf("{\"workload\": \"%s\"", workload); }

void report_number(const char *key, double value, int decimals) {
  printf(", \"%s\": %.*f", key, decimals, value);
}

void report_end(void) {
  struct moment m = now();
  report_number("cpu_s", m.user + m.sys, 3);
  report_number("rss_peak_kib", status_kib("VmHWM:"), 0);
  puts("}");
  fflush(stdout);
}

double percentile(const uint32_t *sorted, size_t count, double share) {
  return count ? sorted[(size_t)(share * (count - 1))] : 0;
}

static int compare(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

void sort_numbers(uint32_t *numbers, size_t count) { qsort(numbers, count, sizeof *numbers, compare); }

_Noreturn void die(const char *what) {
  fprintf(stderr, "peer: %s: %s\n", what, virGetLastErrorMessage());
  exit(1);
}

virConnectPtr connect_to(const char *uri) {
  virConnectPtr connection = virConnectOpen(uri);
  if (!connection) die(uri);
  return connection;
}

virDomainPtr test_domain(virConnectPtr connection) {
  virDomainPtr domain = virDomainLookupByName(connection, "test");
  if (!domain) die("lookup");
  return domain;
}

int register_lifecycle(virConnectPtr connection, virConnectDomainEventCallback callback, void *opaque) {
  int id = virConnectDomainEventRegisterAny(connection, NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                                            VIR_DOMAIN_EVENT_CALLBACK(callback), opaque, NULL);
  if (id < 0) die("register");
  return id;
}

pid_t start_helper(const char *name, char **argv, int *in, int *out) {
  static char self[4096], path[8192];
  ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
  self[size < 0 ? 0 : size] = 0;
  snprintf(path, sizeof path, "%s/%s", dirname(self), name);
  int input[2], output[2];
  if (pipe2(input, O_CLOEXEC) || pipe2(output, O_CLOEXEC)) die("pipe");
  argv[0] = path;
  pid_t pid = fork();
  if (pid == 0) {
    dup2(input[0], 0);
    dup2(output[1], 1);
    execv(path, argv);
    _exit(127);
  }
  close(input[0]);
  close(output[1]);
  *in = input[1];
  *out = output[0];
  return pid;
}

void end_helper(pid_t pid) {
  kill(pid, SIGTERM);
  waitpid(pid, NULL, 0);
}

void loop_until_done(void) {
  while (!done)
    if (run_once() < 0) die("event loop");
}

static void stop(int timer, void *opaque) {
  (void)opaque;
  done = 1;
  virEventUpdateTimeout(timer, -1);
}

void stop_after(int ms) { virEventAddTimeout(ms, stop, NULL, NULL); }
