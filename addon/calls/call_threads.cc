// SPDX-License-Identifier: MIT
#include "calls/call_threads.h"

#include <chrono>
#include <iterator>
#include <system_error>
#include <thread>
#include <utility>

namespace rxvirt {
namespace {

// Only several hosts that hang at the same time could use up this many threads. An idle thread costs little.
constexpr int kMaxThreads = 512;
constexpr std::chrono::seconds kIdleLife{10};

}  // namespace

CallThreads::CallThreads(std::shared_ptr<LoopWaker> waker) : waker_(std::move(waker)) {}

void CallThreads::Post(const std::shared_ptr<CallLane>& lane, std::unique_ptr<Call> call) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (lane->is_held || lane->running >= lane->width) {
    lane->waiting.push_back(std::move(call));
    return;
  }
  Start(lane, std::move(call), Taker::kAnyThread);
}

void CallThreads::Hold(const std::shared_ptr<CallLane>& lane, bool is_held) {
  const std::lock_guard<std::mutex> lock(mutex_);
  lane->is_held = is_held;
  Refill(lane, Taker::kAnyThread);
}

CallThreads::LaneCounts CallThreads::CountsOf(const CallLane& lane) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return {lane.running, static_cast<int>(lane.waiting.size())};
}

void CallThreads::Drop(const std::shared_ptr<CallLane>& lane) {
  std::list<std::unique_ptr<Call>> dropped;  // destroyed after the lock is released
  const std::lock_guard<std::mutex> lock(mutex_);
  dropped.swap(lane->waiting);
}

void CallThreads::DropUnwanted(const std::shared_ptr<CallLane>& lane) {
  std::list<std::unique_ptr<Call>> dropped;
  const std::lock_guard<std::mutex> lock(mutex_);
  for (auto call = lane->waiting.begin(); call != lane->waiting.end();) {
    const auto next = std::next(call);
    if (!(*call)->IsWanted()) dropped.splice(dropped.end(), lane->waiting, call);
    call = next;
  }
}

void CallThreads::Refill(const std::shared_ptr<CallLane>& lane, Taker taker) {
  while (!lane->is_held && lane->running < lane->width && !lane->waiting.empty()) {
    auto call = std::move(lane->waiting.front());
    lane->waiting.pop_front();
    Start(lane, std::move(call), std::exchange(taker, Taker::kAnyThread));
  }
}

// All lanes share one queue of jobs, so a lane with many calls doesn't overtake a lane with few.
void CallThreads::Start(const std::shared_ptr<CallLane>& lane, std::unique_ptr<Call> call, Taker taker) {
  ++lane->running;
  jobs_.push_back({lane, std::move(call)});
  // An older job may still be queued because no thread could be started for it.
  const int takers = idle_ + (taker == Taker::kThisThread ? 1 : 0);
  if (static_cast<int>(jobs_.size()) > takers && threads_ < kMaxThreads) {
    AddThread();
  } else if (taker == Taker::kAnyThread) {
    ready_.notify_one();
  }
}

void CallThreads::AddThread() {
  try {
    std::thread([self = shared_from_this()] { self->Work(); }).detach();
    ++threads_;
  } catch (const std::system_error& error) {
    if (threads_ > 0) return;  // a running thread will take the job
    for (Job& job : std::exchange(jobs_, {})) {
      --job.lane->running;
      job.call->Fail(std::string("a thread for the call can't be started: ") + error.what());
      done_.push_back(std::move(job.call));
    }
    waker_->Wake();
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
    --job.lane->running;
    if (ended_) {
      job.lane->waiting.clear();
      break;
    }
    Refill(job.lane, Taker::kThisThread);
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
