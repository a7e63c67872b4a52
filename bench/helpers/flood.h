// The settings and data that all connections of one flood_server share.
#pragma once
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

struct flood {
  long events;      // per connection; 0: connections stay open in silence
  int domains;      // how many domains the events are spread over
  int connections;  // how many connections have to register before the flood begins
  int delay_ms;     // how long after the last registration the flood begins
  uint8_t *chunk;   // whole messages, sent again and again
  size_t message_size, chunk_size;
  int go_fd;  // readable after the last registration
  atomic_int registered;
  _Atomic uint64_t start_ms;  // on CLOCK_MONOTONIC; 0 until known
};

struct connection {
  int fd;
  struct flood *flood;
  long left;      // flood messages that are still to be sent; -1: no flood
  size_t offset;  // in the chunk
};

// Serves one connection until it ends; frees it. A thread's main function.
void *serve(void *connection);
