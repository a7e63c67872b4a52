// SPDX-License-Identifier: MIT
#pragma once
#include <condition_variable>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "node/loop_waker.h"

namespace rxvirt {

// One blocking libvirt call and its answer.
class Call {
 public:
  virtual ~Call() = default;  // on whatever thread had it last; must not touch JavaScript
  // A call thread.
  virtual void Run() noexcept = 0;
  // Loop thread, instead of Run(): it can't be run, and this is why.
  virtual void Fail(const std::string& reason) = 0;
  // Loop thread, in an AsyncScope, after Run() or Fail().
  virtual void Settle() = 0;
  // Loop thread: whether somebody still waits for it.
  [[nodiscard]] virtual bool IsWanted() const = 0;
};

// The calls of one connection: at most `width` at once, so that a stuck hypervisor holds up its own alone.
// Guarded by the mutex of CallThreads.
struct CallLane {
  static constexpr int kWidth = 8;
  static constexpr int kOpens = 64;  // of one URI
  int width = kWidth;
  int running = 0;
  bool is_held = false;                      // begins none
  std::list<std::unique_ptr<Call>> waiting;  // not a deque, which takes memory while it is empty
};

// Threads of our own for libvirt's blocking calls: not libuv's four, which files and DNS need. Grown on
// demand, up to kMaxThreads; a thread ends after some idle seconds. The threads share the state by
// shared_ptr, since a stuck one may outlive its environment.
class CallThreads : public std::enable_shared_from_this<CallThreads> {
 public:
  explicit CallThreads(std::shared_ptr<LoopWaker> waker);

  // Loop thread.
  void Post(const std::shared_ptr<CallLane>& lane, std::unique_ptr<Call> call);
  // Loop thread: while held, the lane's calls wait; those under way go on.
  void Hold(const std::shared_ptr<CallLane>& lane, bool is_held);
  // Loop thread: forgets the calls that wait. Nobody may wait for them any more.
  void Drop(const std::shared_ptr<CallLane>& lane);
  // Loop thread: forgets those of the calls that wait that nobody waits for any more.
  void DropUnwanted(const std::shared_ptr<CallLane>& lane);
  struct LaneCounts {
    int under_way;
    int waiting;
  };
  [[nodiscard]] LaneCounts CountsOf(const CallLane& lane);
  // Loop thread: calls that have run, oldest first.
  [[nodiscard]] std::vector<std::unique_ptr<Call>> TakeDone();
  // Loop thread, when the environment ends: calls that wait are dropped, and answers of running ones too.
  void End();

 private:
  struct Job {
    std::shared_ptr<CallLane> lane;
    std::unique_ptr<Call> call;
  };
  // Who takes a job that has been queued.
  enum class Taker : bool { kAnyThread, kThisThread };
  void Start(const std::shared_ptr<CallLane>& lane, std::unique_ptr<Call> call, Taker taker);
  // Begins what the lane has waiting and room for. `taker` takes the first of them.
  void Refill(const std::shared_ptr<CallLane>& lane, Taker taker);
  void AddThread();
  void Work();

  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Job> jobs_;
  std::vector<std::unique_ptr<Call>> done_;
  int threads_ = 0;
  int idle_ = 0;
  bool ended_ = false;
  std::shared_ptr<LoopWaker> waker_;
};

}  // namespace rxvirt
