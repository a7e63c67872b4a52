// SPDX-License-Identifier: MIT
#include "stress.h"

#include <libvirt/libvirt.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <utility>

namespace spec {
namespace {

constexpr int kFds = 16;
constexpr int kShared = 64;
constexpr size_t kMaxOwn = 16;
constexpr int kAsked = VIR_EVENT_HANDLE_READABLE | VIR_EVENT_HANDLE_WRITABLE;

}  // namespace

// A source is never deleted, because a late callback has to be counted.
struct Stress::Source {
  Stress* stress;
  bool is_handle;
  bool is_shared;  // updated by all threads, and removed by none
  int fd = -1;
  std::mutex mutex;  // also held during the calls into libvirt
  int id = -1;
  int wanted = 0;
  bool removed = false;
  bool freed = false;
  int fired_after_removal = 0;
  int fired = 0;  // since Settle()
  int bits = 0;   // of the last time
};

Stress::Stress() : home_(std::this_thread::get_id()) {
  for (int i = 0; i < kFds; ++i) {
    int pair[2] = {-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0 || write(pair[1], "x", 1) != 1)
      Violate();
    fds_.push_back(pair[0]);
    other_ends_.push_back(pair[1]);
  }
}

void Stress::CloseFds() {
  for (auto* fds : {&fds_, &other_ends_}) {
    for (const int fd : *fds) close(fd);
    fds->clear();
  }
}

void Stress::Start(int threads, long operations, std::function<void()> on_end) {
  operations_ = operations;
  on_end_ = std::move(on_end);
  running_ = threads;
  is_stopped_ = false;
  is_quiet_ = false;
  Random random(static_cast<unsigned>(threads));
  while (shared_.size() < kShared) {
    if (Source* source = Add(random, true)) shared_.push_back(source);
  }
  live_ = shared_;
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this, i] { Run(static_cast<unsigned>(i + 1)); });
}

void Stress::Join() {
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

int Stress::AnyWanted(bool is_handle, Random& random) {
  static const int kMasks[] = {0, 1, 2, 3, 1 | 8, 8};
  static const int kFrequencies[] = {-1, 0, 1, 4, 10000};
  return is_handle ? AnyOf(kMasks, random) : AnyOf(kFrequencies, random);
}

// Callbacks choose only from these. Otherwise they would soon have silenced all sources.
int Stress::AnyLoud(bool is_handle, Random& random) {
  static const int kMasks[] = {1, 2, 3};
  static const int kFrequencies[] = {0, 1, 4};
  return is_handle ? AnyOf(kMasks, random) : AnyOf(kFrequencies, random);
}

void Stress::Run(unsigned seed) {
  Random random(seed);
  std::vector<Source*> own;
  while (!is_stopped_ && (operations_ == 0 || begun_++ < operations_)) {
    ++counts_.operations;
    const auto choice = random() % 8;
    if (own.size() < 2 || (choice < 2 && own.size() < kMaxOwn)) {
      if (Source* source = Add(random, false)) own.push_back(source);
    } else if (choice < 6) {
      Source* source = AnyOf(random() % 4 == 0 ? shared_ : own, random);
      const std::lock_guard<std::mutex> lock(source->mutex);
      UpdateLocked(source, AnyWanted(source->is_handle, random));
    } else {
      Source*& source = AnyOf(own, random);
      {
        const std::lock_guard<std::mutex> lock(source->mutex);
        RemoveLocked(source);
      }
      source = own.back();
      own.pop_back();
    }
    if (random() % 256 == 0) GiveLoopItsShare();
  }
  {
    const std::lock_guard<std::mutex> lock(live_mutex_);
    live_.insert(live_.end(), own.begin(), own.end());
  }
  if (--running_ == 0) {
    is_quiet_ = true;  // otherwise the callbacks' own updates would hide that an update was lost
    on_end_();
  }
}

// With few processors, the threads could finish before the loop has had a turn. So this waits for a callback.
// It doesn't wait for long, because there are no callbacks when the loop has ended.
void Stress::GiveLoopItsShare() const {
  const long before = counts_.callbacks;
  for (int i = 0; i < 500 && counts_.callbacks == before; ++i) {
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
}

Stress::Source* Stress::Add(Random& random, bool is_shared) {
  auto* source = new Source{};
  source->stress = this;
  source->is_shared = is_shared;
  source->is_handle = random() % 2 == 0;
  source->fd = source->is_handle ? AnyOf(fds_, random) : -1;
  source->wanted = AnyWanted(source->is_handle, random);
  const std::lock_guard<std::mutex> lock(source->mutex);
  const auto on_handle = [](int id, int fd, int bits, void* opaque) {
    auto* of = static_cast<Source*>(opaque);
    of->stress->OnCallback(of, id, fd, bits);
  };
  const auto on_timeout = [](int id, void* opaque) {
    auto* of = static_cast<Source*>(opaque);
    of->stress->OnCallback(of, id, -1, 0);
  };
  const auto on_free = [](void* opaque) {
    auto* of = static_cast<Source*>(opaque);
    of->stress->OnFree(of);
  };
  source->id = source->is_handle ? virEventAddHandle(source->fd, source->wanted, on_handle, source, on_free)
                                 : virEventAddTimeout(source->wanted, on_timeout, source, on_free);
  if (source->id > 0) {
    ++counts_.adds;
    return source;
  }
  ++counts_.refused_adds;
  return nullptr;
}

void Stress::UpdateLocked(Source* source, int wanted) {
  source->is_handle ? virEventUpdateHandle(source->id, wanted) : virEventUpdateTimeout(source->id, wanted);
  if (!source->removed) source->wanted = wanted;
}

void Stress::RemoveLocked(Source* source) {
  const int status = source->is_handle ? virEventRemoveHandle(source->id) : virEventRemoveTimeout(source->id);
  if ((status == 0) == source->removed) Violate();
  source->removed = true;
}

void Stress::OnCallback(Source* source, int id, int fd, int bits) {
  ++counts_.callbacks;
  const std::lock_guard<std::mutex> lock(source->mutex);
  if (std::this_thread::get_id() != home_ || id != source->id || fd != source->fd || source->freed) Violate();
  if (source->is_handle && bits == 0) Violate();
  if (source->removed && ++source->fired_after_removal > 1) ++counts_.late;
  ++source->fired;
  source->bits = bits;
  if (is_quiet_) return;
  const auto choice = callback_random_() % 256;
  if (choice < 8) {
    UpdateLocked(source, AnyLoud(source->is_handle, callback_random_));
  } else if (choice == 8 && !source->removed && !source->is_shared) {
    RemoveLocked(source);
  }
}

void Stress::OnFree(Source* source) {
  ++counts_.frees;
  const std::lock_guard<std::mutex> lock(source->mutex);
  if (source->freed || !source->removed) Violate();
  source->freed = true;
}

void Stress::Settle() {
  for (Source* source : live_) {
    const std::lock_guard<std::mutex> lock(source->mutex);
    source->fired = 0;
    source->bits = 0;
  }
}

int Stress::Unsettled() const {
  int count = 0;
  for (Source* source : live_) {
    const std::lock_guard<std::mutex> lock(source->mutex);
    if (source->removed) {
      count += source->fired > 0 ? 1 : 0;
    } else if (source->is_handle) {
      count += source->bits != (source->wanted & kAsked) ? 1 : 0;
    } else {
      count += (source->fired > 0) != (source->wanted >= 0 && source->wanted < 1000) ? 1 : 0;
    }
  }
  return count;
}

void Stress::RemoveAll() {
  for (Source* source : live_) {
    const std::lock_guard<std::mutex> lock(source->mutex);
    if (!source->removed) RemoveLocked(source);
  }
  live_.clear();
  shared_.clear();
}

}  // namespace spec
