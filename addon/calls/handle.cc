// SPDX-License-Identifier: MIT
#include "calls/handle.h"

#include <exception>
#include <mutex>
#include <vector>

#include "calls/reaper.h"
#include "node/never_destroyed.h"

namespace rxvirt {
namespace {

using Shares = std::vector<std::shared_ptr<Handle>>;

// Shares on their way to the thread that releases them. A garbage collection drops many at once, so one job
// releases all that have come until it begins.
class DroppedShares {
 public:
  void Add(std::shared_ptr<Handle> share) {
    const std::lock_guard<std::mutex> lock(mutex_);
    shares_.push_back(std::move(share));
    if (is_posted_) return;
    PostToReaper([this] { ReleaseAll(); });
    is_posted_ = true;
  }

 private:
  void ReleaseAll() {
    Shares shares;  // released after the lock
    const std::lock_guard<std::mutex> lock(mutex_);
    shares.swap(shares_);
    is_posted_ = false;
  }

  std::mutex mutex_;
  Shares shares_;
  bool is_posted_ = false;
};

}  // namespace

void ReleaseElsewhere(std::shared_ptr<Handle> share) noexcept {
  static NeverDestroyed<DroppedShares> dropped;  // shares are dropped until the process has ended
  try {
    (*dropped).Add(std::move(share));
  } catch (const std::exception&) {
    // Without memory it is released here, or with the next one.
  }
}

}  // namespace rxvirt
