#include "epoll_impl.h"

#include <libvirt/libvirt.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "peer.h"

enum { CAPACITY = 8192, WAKE_ID = CAPACITY };

struct handle {
  int fd, events;
  virEventHandleCallback callback;
  void *opaque;
  virFreeCallback free;
};
struct timer {
  int ms;
  uint64_t due_ms;
  virEventTimeoutCallback callback;
  void *opaque;
  virFreeCallback free;
};

static struct {
  pthread_mutex_t lock;
  pthread_t home;
  int epoll_fd, wake_fd, drain;
  int handle_count, timer_count, free_count;
  struct handle *handles[CAPACITY];
  struct timer *timers[CAPACITY];
  struct {
    virFreeCallback free;
    void *opaque;
  } free_later[CAPACITY];
} loop = {.lock = PTHREAD_MUTEX_INITIALIZER};

static uint64_t now_ms(void) { return now_ns() / 1000000; }
static void lock(void) { pthread_mutex_lock(&loop.lock); }
static void unlock(void) { pthread_mutex_unlock(&loop.lock); }

static void wake(void) {
  uint64_t one = 1;
  if (pthread_equal(pthread_self(), loop.home)) return;
  if (write(loop.wake_fd, &one, sizeof one) != sizeof one) abort();
}

static void free_later(virFreeCallback free, void *opaque) {
  if (!free || loop.free_count == CAPACITY) return;
  loop.free_later[loop.free_count].free = free;
  loop.free_later[loop.free_count++].opaque = opaque;
  wake();
}

static void watch(int id, int old_events) {
  struct handle *h = loop.handles[id];
  struct epoll_event event = {.data.u32 = id};
  if (h->events & VIR_EVENT_HANDLE_READABLE) event.events |= EPOLLIN;
  if (h->events & VIR_EVENT_HANDLE_WRITABLE) event.events |= EPOLLOUT;
  int operation = !h->events ? EPOLL_CTL_DEL : old_events ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
  epoll_ctl(loop.epoll_fd, operation, h->fd, &event);
}

static int add_handle(int fd, int events, virEventHandleCallback callback, void *opaque,
                      virFreeCallback free) {
  lock();
  int id = loop.handle_count < CAPACITY ? loop.handle_count++ : -1;
  if (id >= 0) {
    loop.handles[id] = malloc(sizeof(struct handle));
    *loop.handles[id] = (struct handle){fd, events, callback, opaque, free};
    if (events) watch(id, 0);
  }
  unlock();
  return id;
}

static void update_handle(int id, int events) {
  lock();
  struct handle *h = loop.handles[id];
  if (h && h->events != events) {
    int old = h->events;
    h->events = events;
    watch(id, old);
  }
  unlock();
}

static int remove_handle(int id) {
  lock();
  struct handle *h = loop.handles[id];
  if (h) {
    int old = h->events;
    h->events = 0;
    if (old) watch(id, old);
    free_later(h->free, h->opaque);
    loop.handles[id] = NULL;
    free(h);
  }
  unlock();
  return h ? 0 : -1;
}

static int add_timeout(int ms, virEventTimeoutCallback callback, void *opaque, virFreeCallback free) {
  lock();
  int id = loop.timer_count < CAPACITY ? loop.timer_count++ : -1;
  if (id >= 0) {
    loop.timers[id] = malloc(sizeof(struct timer));
    *loop.timers[id] = (struct timer){ms, now_ms() + (ms > 0 ? ms : 0), callback, opaque, free};
    wake();
  }
  unlock();
  return id;
}

static void update_timeout(int id, int ms) {
  lock();
  struct timer *t = loop.timers[id];
  if (t) {
    t->ms = ms;
    if (ms > 0) t->due_ms = now_ms() + ms;
    wake();
  }
  unlock();
}

static int remove_timeout(int id) {
  lock();
  struct timer *t = loop.timers[id];
  if (t) {
    loop.timers[id] = NULL;
    free_later(t->free, t->opaque);
    free(t);
  }
  unlock();
  return t ? 0 : -1;
}

// Returns the fd if the callback was run, else -1.
static int dispatch(int id, int events) {
  lock();
  struct handle h = loop.handles[id] ? *loop.handles[id] : (struct handle){0};
  unlock();
  events &= h.events | VIR_EVENT_HANDLE_ERROR | VIR_EVENT_HANDLE_HANGUP;
  if (!h.callback || !events) return -1;
  h.callback(id, h.fd, events, h.opaque);
  return h.fd;
}

static int ms_to_next_timer(void) {
  int next = -1;
  lock();
  uint64_t now = loop.timer_count ? now_ms() : 0;
  for (int i = 0; i < loop.timer_count; i++) {
    struct timer *t = loop.timers[i];
    if (!t || t->ms < 0) continue;
    int left = t->ms == 0 || t->due_ms <= now ? 0 : (int)(t->due_ms - now);
    if (next < 0 || left < next) next = left;
  }
  unlock();
  return next;
}

static void run_handle(struct epoll_event *ready) {
  int id = ready->data.u32, events = 0;
  if (id == WAKE_ID) {
    uint64_t count;
    if (read(loop.wake_fd, &count, sizeof count) < 0) return;
    return;
  }
  if (ready->events & EPOLLIN) events |= VIR_EVENT_HANDLE_READABLE;
  if (ready->events & EPOLLOUT) events |= VIR_EVENT_HANDLE_WRITABLE;
  if (ready->events & EPOLLERR) events |= VIR_EVENT_HANDLE_ERROR;
  if (ready->events & EPOLLHUP) events |= VIR_EVENT_HANDLE_HANGUP;
  int fd = dispatch(id, events);
  for (int k = 0; k < loop.drain && fd >= 0; k++) {
    struct pollfd again = {fd, POLLIN, 0};
    if (poll(&again, 1, 0) <= 0 || again.revents != POLLIN) return;
    fd = dispatch(id, VIR_EVENT_HANDLE_READABLE);
  }
}

static void run_due_timers(void) {
  uint64_t now = now_ms();
  lock();
  for (int i = 0, count = loop.timer_count; i < count; i++) {
    struct timer *t = loop.timers[i];
    if (!t || t->ms < 0 || (t->ms > 0 && t->due_ms > now)) continue;
    t->due_ms = now + t->ms;
    struct timer due = *t;
    unlock();
    due.callback(i, due.opaque);
    lock();
  }
  unlock();
}

static void run_frees(void) {
  lock();
  while (loop.free_count) {
    virFreeCallback free = loop.free_later[--loop.free_count].free;
    void *opaque = loop.free_later[loop.free_count].opaque;
    unlock();
    free(opaque);
    lock();
  }
  unlock();
}

int epoll_impl_run_once(void) {
  struct epoll_event ready[256];
  int count = epoll_wait(loop.epoll_fd, ready, 256, ms_to_next_timer());
  for (int i = 0; i < count; i++) run_handle(&ready[i]);
  run_due_timers();
  run_frees();
  return 0;
}

void epoll_impl_register(int drain) {
  loop.epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  loop.wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  loop.home = pthread_self();
  loop.drain = drain;
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = WAKE_ID};
  epoll_ctl(loop.epoll_fd, EPOLL_CTL_ADD, loop.wake_fd, &event);
  virEventRegisterImpl(add_handle, update_handle, remove_handle, add_timeout, update_timeout, remove_timeout);
}
