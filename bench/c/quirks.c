// Checks edge cases of the event loop's contract. Prints one line of JSON per check.
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "peer.h"

static void say(const char *check, int is_right, const char *saw) {
  printf("{\"check\": \"%s\", \"right\": %s, \"saw\": \"%s\"}\n", check, is_right ? "true" : "false", saw);
  fflush(stdout);
}

static uint64_t fired_ns, armed_ns;
static long turns, freed;
static int seen_mask;

static void on_fired(int timer, void *opaque) {
  (void)opaque;
  fired_ns = now_ns();
  virEventUpdateTimeout(timer, -1);
}
static void on_turn(int timer, void *opaque) { (void)timer, (void)opaque, turns++; }
static void on_free(void *opaque) { (void)opaque, freed++; }
static void on_mask(int watch, int fd, int events, void *opaque) {
  (void)fd, (void)opaque;
  seen_mask |= events;
  virEventUpdateHandle(watch, 0);
}

static int is_open(int fd) { return fcntl(fd, F_GETFD) >= 0; }

static void run_for(int ms) {
  done = 0;
  stop_after(ms);
  loop_until_done();
}

static void *arm(void *timer) {
  usleep(200 * 1000);
  armed_ns = now_ns();
  virEventUpdateTimeout(*(int *)timer, 0);
  return NULL;
}

static void wake(void) {
  char saw[64];
  pthread_t thread;
  int timer = virEventAddTimeout(-1, on_fired, NULL, NULL);
  pthread_create(&thread, NULL, arm, &timer);
  run_for(2000);
  pthread_join(thread, NULL);
  double ms = (fired_ns - armed_ns) / 1e6;
  snprintf(saw, sizeof saw, "%.1f ms", ms);
  say("wake", fired_ns && ms < 100, fired_ns ? saw : "not in 1.8 s");
  virEventRemoveTimeout(timer);
}

static void shorter(void) {
  char saw[64];
  fired_ns = 0;
  uint64_t start = now_ns();
  int timer = virEventAddTimeout(1000, on_fired, NULL, NULL);
  run_for(50);
  virEventUpdateTimeout(timer, 10);
  run_for(1300);
  double ms = (fired_ns - start) / 1e6;
  snprintf(saw, sizeof saw, "after %.0f ms", ms);
  say("shorter", ms < 200, saw);
  virEventRemoveTimeout(timer);
}

static void hangup(void) {
  char saw[64];
  int ends[2];
  if (pipe(ends)) die("pipe");
  int watch =
      virEventAddHandle(ends[0], VIR_EVENT_HANDLE_HANGUP | VIR_EVENT_HANDLE_ERROR, on_mask, NULL, NULL);
  close(ends[1]);
  run_for(200);
  snprintf(saw, sizeof saw, "mask %d", seen_mask);
  say("hangup", seen_mask & VIR_EVENT_HANDLE_HANGUP, saw);
  virEventRemoveHandle(watch);
  run_for(50);
  say("fd", is_open(ends[0]), is_open(ends[0]) ? "still open" : "closed");
}

// Removes 100 timeouts, waits a while, and counts those that are freed.
static long count_freed(void) {
  freed = 0;
  for (int i = 0; i < 100; i++) virEventRemoveTimeout(virEventAddTimeout(1000, on_turn, NULL, on_free));
  run_for(500);
  return freed;
}

static void zero(void) {
  char saw[64];
  long freed_idle = count_freed();
  int busy = virEventAddTimeout(0, on_turn, NULL, NULL);
  run_for(200);
  snprintf(saw, sizeof saw, "%ld times in 0.2 s", turns);
  say("zero", turns > 10, saw);
  long freed_busy = count_freed();
  snprintf(saw, sizeof saw, "%ld of 100 (%ld with no 0 ms timeout)", freed_busy, freed_idle);
  say("freed", freed_busy == 100, saw);
  virEventRemoveTimeout(busy);
}

int run_quirks(void) {
  wake();
  shorter();
  hangup();
  zero();
  return 0;
}
