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

// To wake a thread that sleeps takes longer than many a call. So where calls follow each other soon, the
// thread that has run one looks for the next one for this long, and sleeps then.
constexpr std::chrono::microseconds kLooking{50};

}  // namespace

CallThreads::CallThreads(std::shared_ptr<LoopWaker> waker) : waker_(std::move(waker)) {}

void CallThreads::Post(const std::shared_ptr<CallLane>& lane, CallJobs job) noexcept {
  bool is_to_wake = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (lane->is_held || lane->running >= lane->width) {
      Call& call = *job.front().call;
      call.place_ = job.begin();  // which stays the same in each list
      call.is_waiting_ = true;
      lane->waiting.splice(lane->waiting.end(), job);
    } else {
      is_to_wake = Start(lane, job, Taker::kAnyThread);
    }
  }
  if (is_to_wake) ready_.notify_one();  // the thread needs the mutex
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
    if (Start(lane, lane->waiting, std::exchange(taker, Taker::kAnyThread))) ready_.notify_one();
  }
}

// All lanes share one queue of jobs, so a lane with many calls doesn't overtake a lane with few.
bool CallThreads::Start(const std::shared_ptr<CallLane>& lane, CallJobs& from, Taker taker) {
  ++lane->running;
  from.front().lane = lane;
  from.front().call->is_waiting_ = false;
  if (jobs_.empty()) follow_soon_ = Clock::now() - idle_since_ < kLooking;
  jobs_.splice(jobs_.end(), from, from.begin());
  has_jobs_ = true;
  // An older job may still be queued because no thread could be started for it.
  const int jobs = static_cast<int>(jobs_.size());
  const int awake = looking_ + (taker == Taker::kThisThread ? 1 : 0);
  if (jobs <= awake) return false;
  if (jobs <= awake + idle_ || threads_ >= kMaxThreads) return true;
  AddThread();
  return false;
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

void CallThreads::Look(std::unique_lock<std::mutex>& lock) {
  ++looking_;
  const auto end = idle_since_ + kLooking;
  lock.unlock();
  while (!has_jobs_ && Clock::now() < end) std::this_thread::yield();
  lock.lock();
  --looking_;
}

bool CallThreads::AwaitJob(std::unique_lock<std::mutex>& lock) {
  if (!jobs_.empty()) return true;
  idle_since_ = Clock::now();
  if (follow_soon_ && looking_ == 0) Look(lock);
  ++idle_;
  const bool has_job = ready_.wait_for(lock, kIdleLife, [this] { return ended_ || !jobs_.empty(); });
  --idle_;
  return has_job && !ended_;
}

void CallThreads::Work() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (AwaitJob(lock)) {
    CallJobs job;
    job.splice(job.end(), jobs_, jobs_.begin());
    has_jobs_ = !jobs_.empty();
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
    if (done_.size() > 1) continue;
    lock.unlock();  // the loop needs the mutex
    waker_->Wake();
    lock.lock();
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
