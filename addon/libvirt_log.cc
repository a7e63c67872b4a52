// SPDX-License-Identifier: MIT
#include "libvirt_log.h"

#include <mutex>
#include <utility>

#include "library/functions.h"
#include "node/from_c.h"
#include "node/never_destroyed.h"

namespace rxvirt {
namespace {

// How many lines are kept while the loop is blocked. An error whose line is dropped still reaches its caller.
constexpr size_t kMaxLines = 256;

struct Log {
  std::mutex mutex;
  std::vector<std::string> lines;
  std::shared_ptr<LoopWaker> waker;
};

Log& TheLog() {
  static NeverDestroyed<Log> log;  // a thread may fail while the process ends
  return *log;
}

void Append(void*, virErrorPtr error) {
  if (error == nullptr || error->message == nullptr) return;
  Log& log = TheLog();
  std::shared_ptr<LoopWaker> waker;
  {
    const std::lock_guard<std::mutex> lock(log.mutex);
    if (log.lines.size() >= kMaxLines) return;
    log.lines.emplace_back(error->message);
    if (log.lines.size() == 1) waker = log.waker;
  }
  if (!waker) return;
  if (waker->ended()) {
    LoopWaker::WakeAll();
  } else {
    waker->Wake();
  }
}

}  // namespace

void TakeOverLibvirtLog(std::shared_ptr<LoopWaker> waker) {
  Log& log = TheLog();
  const std::lock_guard<std::mutex> lock(log.mutex);
  if (log.waker && !log.waker->ended()) return;
  log.waker = std::move(waker);
  virSetErrorFunc(nullptr, FromC<Append>);
}

std::vector<std::string> TakeLibvirtLog(const std::shared_ptr<LoopWaker>& waker) {
  Log& log = TheLog();
  const std::lock_guard<std::mutex> lock(log.mutex);
  if (log.waker->ended()) log.waker = waker;
  if (log.waker != waker) return {};
  return std::exchange(log.lines, {});
}

}  // namespace rxvirt
