// Functions that the rxvirt peer needs and Node.js lacks: pipes, and calls into libvirt from this process
// that bypass rxvirt. The generators of the other peers bypass their event loops in the same way.
#define _GNU_SOURCE
#include <fcntl.h>
#include <libvirt/libvirt.h>
#include <node_api.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static virDomainPtr domain;
static int64_t made;
static uint64_t generated_ns;

static void generate(int64_t count) {
  if (!domain) domain = virDomainLookupByName(virConnectOpen("test:///default"), "test");
  for (; count > 0; count--, made++)
    if ((made % 2 ? virDomainResume(domain) : virDomainSuspend(domain)) < 0) abort();
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  generated_ns = t.tv_sec * 1000000000ull + t.tv_nsec;
}

static void *generate_in_thread(void *count) {
  generate((intptr_t)count);
  return NULL;
}

static int64_t first_number(napi_env env, napi_callback_info info) {
  napi_value argument;
  size_t count = 1;
  int64_t number = 0;
  napi_get_cb_info(env, info, &count, &argument, NULL, NULL);
  napi_get_value_int64(env, argument, &number);
  return number;
}

static napi_value js_generate(napi_env env, napi_callback_info info) {
  generate(first_number(env, info));
  return NULL;
}

static napi_value js_start_generator(napi_env env, napi_callback_info info) {
  pthread_t thread;
  intptr_t count = first_number(env, info);
  generate(0);  // connects here, so that the thread only makes calls
  if (pthread_create(&thread, NULL, generate_in_thread, (void *)count)) abort();
  pthread_detach(thread);
  return NULL;
}

static napi_value js_generated_ns(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value result;
  napi_create_double(env, (double)generated_ns, &result);
  return result;
}

struct update {
  int timer, ms;
};

static void *update_timeout(void *argument) {
  struct update *update = argument;
  virEventUpdateTimeout(update->timer, update->ms);
  free(update);
  return NULL;
}

static napi_value js_update_timeout_from_thread(napi_env env, napi_callback_info info) {
  napi_value arguments[2];
  size_t count = 2;
  struct update *update = calloc(1, sizeof *update);
  pthread_t thread;
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  napi_get_value_int32(env, arguments[0], &update->timer);
  napi_get_value_int32(env, arguments[1], &update->ms);
  if (pthread_create(&thread, NULL, update_timeout, update)) abort();
  pthread_detach(thread);
  return NULL;
}

static long freed;
static void on_timer(int timer, void *opaque) { (void)timer, (void)opaque; }
static void on_free(void *opaque) { (void)opaque, freed++; }

static napi_value js_add_and_remove_timeout(napi_env env, napi_callback_info info) {
  (void)env, (void)info;
  virEventRemoveTimeout(virEventAddTimeout(1000, on_timer, NULL, on_free));
  return NULL;
}

static napi_value js_freed(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value result;
  napi_create_int64(env, freed, &result);
  return result;
}

static napi_value js_pipe(napi_env env, napi_callback_info info) {
  (void)info;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC)) {
    napi_throw_error(env, NULL, "pipe2 failed");
    return NULL;
  }
  napi_value result, end;
  napi_create_array_with_length(env, 2, &result);
  for (int i = 0; i < 2; i++) {
    napi_create_int32(env, ends[i], &end);
    napi_set_element(env, result, i, end);
  }
  return result;
}

static void export_function(napi_env env, napi_value exports, const char *name, napi_callback function) {
  napi_value value;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, function, NULL, &value);
  napi_set_named_property(env, exports, name, value);
}

NAPI_MODULE_INIT() {
  export_function(env, exports, "pipe", js_pipe);
  export_function(env, exports, "updateTimeoutFromThread", js_update_timeout_from_thread);
  export_function(env, exports, "addAndRemoveTimeout", js_add_and_remove_timeout);
  export_function(env, exports, "freed", js_freed);
  export_function(env, exports, "generate", js_generate);
  export_function(env, exports, "startGenerator", js_start_generator);
  export_function(env, exports, "generatedNs", js_generated_ns);
  return exports;
}
