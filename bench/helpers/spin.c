// spin: does a fixed amount of CPU work and prints how many nanoseconds it took. This shows whether the
// machine was busy.
#include <stdint.h>
#include <stdio.h>
#include <time.h>

int main(void) {
  struct timespec from, to;
  volatile uint64_t state = 88172645463325252ull;
  clock_gettime(CLOCK_MONOTONIC, &from);
  for (long i = 0; i < 50000000; i++) {
    uint64_t v = state;
    v ^= v << 13;
    v ^= v >> 7;
    v ^= v << 17;
    state = v;
  }
  clock_gettime(CLOCK_MONOTONIC, &to);
  printf("%lld\n", (to.tv_sec - from.tv_sec) * 1000000000ll + (to.tv_nsec - from.tv_nsec));
  return 0;
}
