// SPDX-License-Identifier: MIT
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>

#include "calls/call_threads.h"
#include "calls/open_calls.h"

namespace rxvirt {

// Limits how many libvirt requests of one connection are under way at once. The requests that close the
// connection count too. libvirt's client before 10.4.0 crashes when a connection is lost during two requests
// (CVE-2024-4418). In newer clients keepalive ends only one of the requests. See
// docs/libvirt-client-crash.md. Any thread.
class RequestTurns {
 public:
  void SetWidth(int width) {
    const std::lock_guard<std::mutex> lock(mutex_);
    width_ = width;
  }
  void Take() {
    std::unique_lock<std::mutex> lock(mutex_);
    given_back_.wait(lock, [this] { return taken_ < width_; });
    ++taken_;
  }
  void GiveBack() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      --taken_;
    }
    given_back_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable given_back_;
  int width_ = 1;
  int taken_ = 0;
};

// Waits for a turn, and holds it while it exists. Only for threads that may block.
class RequestTurn {
 public:
  explicit RequestTurn(RequestTurns& turns) : turns_(turns) { turns_.Take(); }
  ~RequestTurn() { turns_.GiveBack(); }
  RequestTurn(const RequestTurn&) = delete;
  RequestTurn& operator=(const RequestTurn&) = delete;

 private:
  RequestTurns& turns_;
};

// The calls of one connection. Shared by the connection and its calls.
struct ConnectionCalls {
  const std::shared_ptr<CallLane> lane = std::make_shared<CallLane>();
  OpenCalls open;    // calls whose promise is not settled; loop thread
  int given_up = 0;  // calls that are under way, and that nobody waits for any more; loop thread
  RequestTurns turns;
};

}  // namespace rxvirt
