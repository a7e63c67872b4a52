// SPDX-License-Identifier: MIT
#include "reaper.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace rxvirt {
namespace {

struct Reaper {
  std::mutex mutex;
  std::condition_variable ready;
  std::deque<std::function<void()>> jobs;

  Reaper() {
    std::thread([this] { Run(); }).detach();
  }

  [[noreturn]] void Run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mutex);
      ready.wait(lock, [this] { return !jobs.empty(); });
      auto job = std::move(jobs.front());
      jobs.pop_front();
      lock.unlock();
      job();
    }
  }
};

}  // namespace

void RunOnReaper(std::function<void()> job) {
  static auto* reaper = new Reaper;  // never destroyed: its thread may run until the process has ended
  const std::lock_guard<std::mutex> lock(reaper->mutex);
  reaper->jobs.push_back(std::move(job));
  reaper->ready.notify_one();
}

}  // namespace rxvirt
