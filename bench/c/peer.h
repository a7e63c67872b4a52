// Functions that all workloads of the C peer use.
#pragma once
#include <libvirt/libvirt.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

extern char **arguments;
const char *text_argument(const char *key, const char *otherwise);
long number_argument(const char *key, long otherwise);

// A point in time, and the CPU seconds that the process had used until then.
struct moment {
  uint64_t ns;
  double user, sys;
};
struct moment now(void);
uint64_t now_ns(void);
double seconds_between(struct moment from, struct moment to);
double cpu_between(struct moment from, struct moment to);
long rss_kib(void);

// Print one line of JSON. report_end() adds the CPU seconds and the peak memory of the whole process.
void report_begin(const char *workload);
void report_number(const char *key, double value, int decimals);
void report_end(void);

// Returns a percentile of `count` sorted numbers.
double percentile(const uint32_t *sorted, size_t count, double share);
void sort_numbers(uint32_t *numbers, size_t count);

_Noreturn void die(const char *what);
virConnectPtr connect_to(const char *uri);
virDomainPtr test_domain(virConnectPtr connection);
int register_lifecycle(virConnectPtr connection, virConnectDomainEventCallback callback, void *opaque);

// Starts the helper NAME beside this program; *in and *out become its stdin and stdout.
pid_t start_helper(const char *name, char **argv, int *in, int *out);
void end_helper(pid_t pid);

extern volatile int done;
extern int (*run_once)(void);
void loop_until_done(void);
void stop_after(int ms);

int run_flood(void);
int run_inproc(void);
int run_watch(void);
int run_timer0(void);
int run_timers(void);
int run_latency(void);
int run_idle(void);
int run_calls(void);
int run_start(void);
int run_quirks(void);

// Watches m pipes, and starts the pinger that writes to their other ends.
struct pinger {
  pid_t pid;
  int go_fd;
};
extern long pinger_dispatches, pinger_limit;
struct pinger start_pinger(const char *mode, int m);
void go_pinger(struct pinger pinger);
