// SPDX-License-Identifier: MIT
#include "calls/call_threads.h"

#include <chrono>
#include <exception>
#include <iterator>
#include <thread>
#include <utility>

namespace rxvirt {
namespace {

// Only several hosts that hang at the same time could use up this many threads. An idle thread costs little.
constexpr int kMaxThreads = 512;
constexpr std::chrono::seconds kIdleLife{10};

}  // namespace

CallThreads::CallThreads(std::shared_ptr<LoopWaker> waker) : waker_(std::move(waker)) {}

void CallThreads::Post(const std::shared_ptr<CallLane>& lane, CallJobs job) noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (lane->is_held || lane->running >= lane->width) {
    Call& call = *job.front().call;
    call.place_ = job.begin();  // which stays the same in each list
    call.is_waiting_ = true;
    lane->waiting.splice(lane->waiting.end(), job);
  } else {
    Start(lane, job, Taker::kAnyThread);
  }
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

int CallThreads::Running() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return running_ + static_cast<int>(jobs_.size());
}

void CallThreads::Drop(const std::shared_ptr<CallLane>& lane) {
  CallJobs dropped;  // destroyed after the lock is released
  const std::lock_guard<std::mutex> lock(mutex_);
  dropped.swap(lane->waiting);
}

void CallThreads::DropUnwanted(const std::shared_ptr<CallLane>& lane) {
  CallJobs dropped;
  const std::lock_guard<std::mutex> lock(mutex_);
  for (auto job = lane->waiting.begin(); job != lane->waiting.end();) {
    const auto next = std::next(job);
    if (!job->call->IsWanted()) dropped.splice(dropped.end(), lane->waiting, job);
    job = next;
  }
}

bool CallThreads::DropWaiting(const std::shared_ptr<CallLane>& lane, Call& call) {
  CallJobs dropped;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!call.is_waiting_) return false;
  dropped.splice(dropped.end(), lane->waiting, call.place_);
  return true;
}

void CallThreads::Refill(const std::shared_ptr<CallLane>& lane, Taker taker) {
  while (!lane->is_held && lane->running < lane->width && !lane->waiting.empty()) {
    Start(lane, lane->waiting, std::exchange(taker, Taker::kAnyThread));
  }
}

// All lanes share one queue of jobs, so a lane with many calls doesn't overtake a lane with few.
void CallThreads::Start(const std::shared_ptr<CallLane>& lane, CallJobs& from, Taker taker) {
  ++lane->running;
  from.front().lane = lane;
  from.front().call->is_waiting_ = false;
  jobs_.splice(jobs_.end(), from, from.begin());
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
  } catch (const std::exception& error) {  // the system has no thread, or no memory
    if (threads_ > 0) return;              // a running thread will take the job
    for (CallJob& job : jobs_) {
      --std::exchange(job.lane, nullptr)->running;
      job.call->Fail(error.what());
    }
    done_.splice(done_.end(), jobs_);
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
    CallJobs job;
    job.splice(job.end(), jobs_, jobs_.begin());
    ++running_;
    lock.unlock();
    job.front().call->Run();
    lock.lock();
    --running_;
    const auto lane = std::exchange(job.front().lane, nullptr);
    --lane->running;
    if (ended_) {
      lane->waiting.clear();
      break;
    }
    Refill(lane, Taker::kThisThread);
    done_.splice(done_.end(), job);
    if (done_.size() == 1) waker_->Wake();
  }
  --threads_;
}

CallJobs CallThreads::TakeDone() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return std::exchange(done_, {});
}

void CallThreads::End() {
  CallJobs dropped_jobs;
  CallJobs dropped_answers;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
    dropped_jobs.swap(jobs_);
    dropped_answers.swap(done_);
  }
  ready_.notify_all();
}

}  // namespace rxvirt
