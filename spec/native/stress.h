// SPDX-License-Identifier: MIT
#pragma once
#include <atomic>
#include <functional>
#include <iterator>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

namespace spec {

// Threads add, update and remove handles and timeouts at random through libvirt's public functions. Meanwhile
// the loop's thread runs the callbacks, which do the same. As in libvirt, each call is made while a lock is
// held that the callbacks and free callbacks take too.
//
// Uses nothing of Node.js, so that it can run under ThreadSanitizer with another loop.
class Stress {
 public:
  Stress();
  ~Stress() = delete;  // libvirt may hold pointers into it for ever

  // On the home thread. With 0 operations it goes on until Stop(). `on_end` runs on the thread that ends
  // last.
  void Start(int threads, long operations, std::function<void()> on_end);
  void Stop() { is_stopped_ = true; }
  // On the home thread, after the threads have ended.
  void Join();
  // After the threads have ended, when nothing changes any more: starts counting again what the sources get.
  void Settle();
  // How many of the sources that were not removed get something else than what was wanted last.
  [[nodiscard]] int Unsettled() const;
  void RemoveAll();
  // When all sources are freed, and nothing is started any more.
  void CloseFds();

  struct Counts {
    std::atomic<long> operations{0};
    std::atomic<long> adds{0};
    std::atomic<long> refused_adds{0};
    std::atomic<long> frees{0};
    std::atomic<long> callbacks{0};
    std::atomic<long> violations{0};  // callbacks with a wrong thread, id or fd; frees that came twice,
                                      // before a removal or before a callback
    std::atomic<long> late{
        0};  // callbacks that began after the removal, except one that was already under way
  };
  const Counts& counts() const { return counts_; }
  [[nodiscard]] int live() const { return static_cast<int>(live_.size()); }

 private:
  struct Source;
  using Random = std::minstd_rand;

  void Run(unsigned seed);
  void GiveLoopItsShare() const;
  Source* Add(Random& random, bool is_shared);
  void UpdateLocked(Source* source, int wanted);
  void RemoveLocked(Source* source);
  void OnCallback(Source* source, int id, int fd, int bits);
  void OnFree(Source* source);
  void Violate() { ++counts_.violations; }
  static int AnyWanted(bool is_handle, Random& random);
  static int AnyLoud(bool is_handle, Random& random);
  template <typename Table>
  static auto& AnyOf(Table& table, Random& random) {
    return table[random() % std::size(table)];
  }

  std::vector<int> fds_;  // all of them are always readable and writable
  std::vector<int> other_ends_;
  std::vector<std::thread> threads_;
  std::vector<Source*> shared_;  // updated by all threads
  std::mutex live_mutex_;
  std::vector<Source*> live_;
  std::atomic<int> running_{0};
  std::atomic<bool> is_stopped_{false};
  std::atomic<bool> is_quiet_{false};
  long operations_ = 0;
  std::atomic<long> begun_{0};
  std::function<void()> on_end_;
  std::thread::id home_;
  Random callback_random_{1};
  Counts counts_;
};

}  // namespace spec
