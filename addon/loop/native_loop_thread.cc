// SPDX-License-Identifier: MIT
// The begin and the end of the native loop and its thread.
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <future>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>

#include "loop/native_loop.h"
#include "node/never_destroyed.h"

namespace rxvirt {
namespace {

// How long the end of the process waits for the thread. Code of others may hold it up.
constexpr std::chrono::seconds kStopWait{1};

struct Life {
  std::mutex mutex;
  std::condition_variable ended;
  std::atomic<bool> is_stopping{false};
  bool has_ended = false;
};

Life& TheLife() {
  static NeverDestroyed<Life> life;  // the thread uses it while the process ends
  return *life;
}

NativeLoop* the_loop = nullptr;

}  // namespace

int NativeLoop::Start() {
  std::unique_ptr<NativeLoop> loop(new (std::nothrow) NativeLoop);
  if (loop == nullptr) return -ENOMEM;
  const int status = uv_loop_init(&loop->loop_);
  if (status != 0) return status;
  int failed = -ENOMEM;
  try {
    failed = loop->Open();
  } catch (const std::system_error&) {
    failed = -EAGAIN;  // of a thread
  } catch (const std::bad_alloc&) {
  }
  if (failed != 0) {
    loop->Close();
    return failed;
  }
  the_loop = loop.release();
  std::atexit(&NativeLoop::Stop);
  return 0;
}

int NativeLoop::Open() {
  waker_ = std::make_shared<LoopWaker>(&loop_, [this] {
    if (TheLife().is_stopping) uv_stop(&loop_);
    SettleOrRetry();
  });
  if (waker_->ended()) return -EMFILE;
  waker_->Ref();  // the thread has no other reason to wait
  poller_ = std::make_unique<FdPoller>(
      &loop_,
      [this] {
        const LateWakes late;
        poller_->Drain();
      },
      [this](const std::vector<FdPoller::Ready>& ready, const FdPoller::Time& time) {
        RunReady(ready, time);
      });
  const int status = poller_->Prepare();
  if (status != 0) return status;
  // Shared, because the thread may still be in set_value() when it is no longer waited for.
  const auto registered = std::make_shared<std::promise<void>>();
  auto is_registered = registered->get_future();
  std::thread([this, registered] {
    bridge_.RegisterNative(waker_, poller_.get());
    registered->set_value();
    Run();
  }).detach();
  is_registered.wait();
  return 0;
}

void NativeLoop::Close() {
  if (poller_ != nullptr) poller_->End();
  if (waker_ != nullptr) waker_->End();
  uv_run(&loop_, UV_RUN_DEFAULT);  // runs the close callbacks
  uv_loop_close(&loop_);
}

// The process ends. libvirt's code must not run any more when the libraries that it uses are torn down.
void NativeLoop::Stop() {
  auto& life = TheLife();
  life.is_stopping = true;
  the_loop->waker_->Wake();
  std::unique_lock<std::mutex> lock(life.mutex);
  life.ended.wait_for(lock, kStopWait, [&life] { return life.has_ended; });
}

void NativeLoop::Run() {
  (void)uv_run(&loop_, UV_RUN_DEFAULT);
  const std::lock_guard<std::mutex> lock(TheLife().mutex);
  TheLife().has_ended = true;
  TheLife().ended.notify_all();
}

}  // namespace rxvirt
