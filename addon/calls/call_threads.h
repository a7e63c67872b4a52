// SPDX-License-Identifier: MIT
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>

#include "node/loop_waker.h"

namespace rxvirt {

struct CallJob;
struct CallLane;
using CallJobs = std::list<CallJob>;

// One blocking libvirt call and its answer.
class Call {
 public:
  virtual ~Call() = default;  // runs on any thread; must not touch JavaScript
  // Call thread.
  virtual void Run() noexcept = 0;
  // Instead of Run(), on the loop thread or a call thread: no thread can be started for it, for this reason.
  virtual void Fail(const char* reason) noexcept = 0;
  // Loop thread, in an AsyncScope, after Run() or Fail().
  virtual void Settle() noexcept = 0;
  // Any thread. Whether somebody still waits for the call.
  [[nodiscard]] virtual bool IsWanted() const = 0;

 private:
  friend class CallThreads;
  // Guarded by the mutex of CallThreads: while it waits in its lane, its place there.
  bool is_waiting_ = false;
  CallJobs::iterator place_;
};

// A call on its way. It stays in one node, which moves from list to list: only Post() takes memory, so no
// thread can run out of it.
struct CallJob {
  std::unique_ptr<Call> call;
  std::shared_ptr<CallLane> lane;  // set while the call is queued to run, or runs
};

// The calls of one connection, or the opens of one URI. At most `width` of them run at once, so a hypervisor
// that hangs delays only its own calls. Guarded by the mutex of CallThreads.
struct CallLane {
  static constexpr int kWidth = 8;
  static constexpr int kOpens = 64;  // the width of a lane of opens
  int width = kWidth;
  int running = 0;
  bool is_held = false;  // no waiting call may begin
  CallJobs waiting;
};

// Our own threads for libvirt's blocking calls. libuv's pool has only four threads, which files and DNS need.
// Threads are added on demand, up to kMaxThreads. A thread ends after some idle seconds. The threads share
// this state by shared_ptr, because a thread whose call hangs may outlive its environment.
class CallThreads : public std::enable_shared_from_this<CallThreads> {
 public:
  explicit CallThreads(std::shared_ptr<LoopWaker> waker);

  // Loop thread. `job` is a list of one call.
  void Post(const std::shared_ptr<CallLane>& lane, CallJobs job) noexcept;
  // Loop thread. While the lane is held, no further call of it begins. Calls that are running continue.
  void Hold(const std::shared_ptr<CallLane>& lane, bool is_held);
  // Loop thread. Drops the lane's waiting calls. They must no longer be wanted: they are never settled.
  void Drop(const std::shared_ptr<CallLane>& lane);
  // Loop thread. Drops this call if it waits in the lane. Otherwise returns false: it is under way, or done.
  bool DropWaiting(const std::shared_ptr<CallLane>& lane, Call& call);
  // Loop thread. Drops those of the lane's waiting calls that are no longer wanted (Call::IsWanted()).
  void DropUnwanted(const std::shared_ptr<CallLane>& lane);
  struct LaneCounts {
    int under_way;
    int waiting;
  };
  [[nodiscard]] LaneCounts CountsOf(const CallLane& lane);
  // Loop thread. How many calls of all lanes run, or are about to run.
  [[nodiscard]] int Running();
  // Loop thread. Returns the calls that have run or failed since the last time, oldest first.
  [[nodiscard]] CallJobs TakeDone();
  // Loop thread, when the environment ends. Drops the queued calls, and the answers of running calls.
  void End();

 private:
  // Who takes a job that has been queued.
  enum class Taker : bool { kAnyThread, kThisThread };
  using Clock = std::chrono::steady_clock;
  // Moves the first job of `from` to the queue. Returns whether a thread is to be woken for it.
  [[nodiscard]] bool Start(const std::shared_ptr<CallLane>& lane, CallJobs& from, Taker taker);
  // Starts waiting calls of the lane until `width` of them run. `taker` takes the first of them.
  void Refill(const std::shared_ptr<CallLane>& lane, Taker taker);
  void AddThread();
  void Work();
  // Returns false when the thread has to end.
  [[nodiscard]] bool AwaitJob(std::unique_lock<std::mutex>& lock);
  // Waits for a job for a moment, without sleeping.
  void Look(std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable ready_;
  CallJobs jobs_;
  CallJobs done_;
  int threads_ = 0;
  int idle_ = 0;                       // threads that sleep
  int looking_ = 0;                    // threads that look for a job
  int running_ = 0;                    // calls
  bool follow_soon_ = false;           // whether the last job came soon after a thread had become idle
  Clock::time_point idle_since_;       // when a thread became idle the last time
  std::atomic<bool> has_jobs_{false};  // whether jobs_ has some; for threads that don't hold the mutex
  bool ended_ = false;
  std::shared_ptr<LoopWaker> waker_;
};

}  // namespace rxvirt
