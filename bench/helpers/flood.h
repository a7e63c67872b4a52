// What all connections of one flood_server share.
#pragma once
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

struct flood {
  long events;      // per connection; 0: connections stay open in silence
  int domains;      // the events are spread over so many domains
  int connections;  // the flood begins when so many have registered
  int delay_ms;     // and so long after the last of them did
  uint8_t *chunk;   // whole messages, sent round and round
  size_t message_size, chunk_size;
  int go_fd;  // readable from the last registration on
  atomic_int registered;
  _Atomic uint64_t start_ms;  // on CLOCK_MONOTONIC; 0 until known
};

struct connection {
  int fd;
  struct flood *flood;
  long left;      // flood messages still to send; -1: none to come
  size_t offset;  // in the chunk
};

// Serves one connection until it ends; frees it. A thread's main function.
void *serve(void *connection);
