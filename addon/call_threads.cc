// SPDX-License-Identifier: MIT
#include "call_threads.h"

#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

namespace rxvirt {
namespace {

// So many that only dozens of stuck hosts at once could use them up; each costs little while idle.
constexpr int kMaxThreads = 512;
constexpr std::chrono::seconds kIdleLife{10};

}  // namespace

CallThreads::CallThreads(std::shared_ptr<LoopWaker> waker) : waker_(std::move(waker)) {}

void CallThreads::Post(const std::shared_ptr<CallLane>& lane, std::unique_ptr<Call> call) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (lane->running >= CallLane::kWidth) {
    lane->waiting.push_back(std::move(call));
    return;
  }
  ++lane->running;
  jobs_.push_back({lane, std::move(call)});
  if (static_cast<int>(jobs_.size()) > idle_ && threads_ < kMaxThreads) {
    try {
      std::thread([self = shared_from_this()] { self->Work(); }).detach();
      ++threads_;
    } catch (const std::system_error&) {
      // No more threads to be had from the system: the call waits for one of ours.
    }
  } else {
    ready_.notify_one();
  }
}

void CallThreads::Work() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    if (jobs_.empty()) {
      ++idle_;
      const bool has_job = ready_.wait_for(lock, kIdleLife, [this] { return ended_ || !jobs_.empty(); });
      --idle_;
      if (ended_ || !has_job) break;
    }
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job.call->Run();
    lock.lock();
    // The lane's next call goes to the end of the queue, so that lanes take turns.
    if (job.lane->waiting.empty()) {
      --job.lane->running;
    } else {
      jobs_.push_back({job.lane, std::move(job.lane->waiting.front())});
      job.lane->waiting.pop_front();
    }
    if (ended_) break;
    done_.push_back(std::move(job.call));
    if (done_.size() == 1) waker_->Wake();
  }
  --threads_;
}

std::vector<std::unique_ptr<Call>> CallThreads::TakeDone() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return std::exchange(done_, {});
}

void CallThreads::End() {
  std::deque<Job> dropped_jobs;
  std::vector<std::unique_ptr<Call>> dropped_answers;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
    dropped_jobs.swap(jobs_);
    dropped_answers.swap(done_);
  }
  ready_.notify_all();
}

}  // namespace rxvirt
