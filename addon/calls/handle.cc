// SPDX-License-Identifier: MIT
#include "calls/handle.h"

#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "calls/give_way.h"
#include "node/never_destroyed.h"

namespace rxvirt {
namespace {

// When the system has no thread, one is tried to start again for each of so many shares.
constexpr size_t kSharesOfTry = 16;

// Shares on their way to the thread that releases them. A garbage collection drops many at once. The thread
// ends when it has released all. It isn't one of the reaper's: those may all be busy with hosts that hang.
class DroppedShares {
 public:
  void Add(std::shared_ptr<Handle> share) {
    const std::lock_guard<std::mutex> lock(mutex_);
    shares_.push_back(std::move(share));
    if (is_running_ || (shares_.size() > 1 && shares_.size() % kSharesOfTry != 0)) return;
    std::thread([this] { ReleaseAll(); }).detach();
    is_running_ = true;
  }

 private:
  using Shares = std::vector<std::shared_ptr<Handle>>;

  void ReleaseAll() {
    for (;;) {
      Shares shares;  // released without the lock
      std::unique_lock<std::mutex> lock(mutex_);
      shares.swap(shares_);
      is_running_ = !shares.empty();
      if (!is_running_) return;
      lock.unlock();
      for (auto& share : shares) {
        share.reset();
        GiveWay();
      }
    }
  }

  std::mutex mutex_;
  Shares shares_;
  bool is_running_ = false;
};

}  // namespace

void ReleaseElsewhere(std::shared_ptr<Handle> share) noexcept {
  static NeverDestroyed<DroppedShares> dropped;  // shares are dropped until the process has ended
  try {
    (*dropped).Add(std::move(share));
  } catch (const std::exception&) {
    // Without memory it is released here, and without a thread with a later one.
  }
}

}  // namespace rxvirt
