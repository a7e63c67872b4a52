// SPDX-License-Identifier: MIT
#include "calls/reaper.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <list>
#include <mutex>
#include <new>
#include <thread>
#include <utility>

#include "node/never_destroyed.h"

namespace rxvirt {
namespace {

// This many hosts may hang in a close at once. The closes of further hosts then have to wait.
constexpr int kMaxThreads = 64;
constexpr std::chrono::seconds kIdleLife{10};

class Reaper {
 public:
  void Post(std::function<void()> job) {
    const std::lock_guard<std::mutex> lock(mutex_);
    jobs_.push_back(std::move(job));
    if (static_cast<int>(jobs_.size()) <= idle_ || threads_ >= kMaxThreads) {
      ready_.notify_one();
      return;
    }
    try {
      std::thread([this] { Work(); }).detach();
      ++threads_;
    } catch (const std::exception&) {
      // The system can't start another thread. A running thread takes the job, or the next Post() starts one.
    }
  }

 private:
  void Work() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      if (jobs_.empty()) {
        ++idle_;
        const bool has_job = ready_.wait_for(lock, kIdleLife, [this] { return !jobs_.empty(); });
        --idle_;
        if (!has_job) break;
      }
      auto job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      try {
        job();
      } catch (const std::bad_alloc&) {
        // What it would have closed stays open.
      }
      job = nullptr;  // destroys what the job holds: without the lock, and before the next wait
      lock.lock();
    }
    --threads_;
  }

  std::mutex mutex_;
  std::condition_variable ready_;
  std::list<std::function<void()>> jobs_;
  int threads_ = 0;
  int idle_ = 0;
};

}  // namespace

void PostToReaper(std::function<void()> job) {
  static NeverDestroyed<Reaper> reaper;  // its threads may run until the process has ended
  (*reaper).Post(std::move(job));
}

}  // namespace rxvirt
