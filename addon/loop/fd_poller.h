// SPDX-License-Identifier: MIT
#pragma once
#include <sys/epoll.h>
#include <uv.h>

#include <cstdint>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "loop/mask_setter.h"
#include "node/uv_handle.h"

namespace rxvirt {

// The bits of a mask, with the same numbers as libvirt's VIR_EVENT_HANDLE_*.
enum Mask : int { kReadable = 1, kWritable = 2, kError = 4, kHangup = 8 };

// One private epoll set, which a single uv_poll_t watches. The watchers have no uv_poll_t of their own,
// because libuv allows only one for each file, and hides errors and hang-ups. Here any number of watchers can
// share an fd. Loop thread only.
class FdPoller final : public MaskSetter {
 public:
  struct Ready {
    int32_t token;
    int32_t mask;
  };
  // The uv_hrtime() at which Drain() stops, and how long it is until then.
  struct Time {
    uint64_t until_ns;
    uint64_t left_ns;
  };
  // Gets one batch of ready watchers. It may add and remove watchers, also those of the batch.
  using Dispatch = std::function<void(const std::vector<Ready>&, const Time&)>;

  using OnReadable = std::function<void()>;

  // `on_readable` is called from the event loop, and calls Drain() once it has entered JavaScript.
  FdPoller(uv_loop_t* loop, OnReadable on_readable, Dispatch dispatch);
  ~FdPoller();
  FdPoller(const FdPoller&) = delete;
  FdPoller& operator=(const FdPoller&) = delete;

  // Makes the epoll set unless it exists. Returns 0, or a negated errno such as -EMFILE. Add() makes it too,
  // but then it can be too late to report a failure.
  [[nodiscard]] int Prepare();
  // Returns a token above 0, or a negated errno. -EBADF: fd is no open file. -EPERM: epoll refuses the file
  // because it is always ready (a regular file). -ENOMEM: nothing was added. Otherwise the error of
  // Prepare(). Errors and hang-ups are always reported.
  [[nodiscard]] int Add(int fd, int events);
  void Remove(int token);
  // Any thread.
  [[nodiscard]] bool SetMask(int token, int events) noexcept override;

  // Dispatches what is ready, in rounds, as long as more becomes ready and the limits allow.
  void Drain();

  // Closes the libuv handle; nothing is dispatched from then on.
  void End();

 private:
  struct Watcher {
    int token;
    int events;
    bool is_silent = false;  // SetMask() has set 0
  };
  // One open file in the epoll set. Its fd number can be reused when somebody closes the file without telling
  // us; its key is never reused. So an event for the closed file can't be taken for an event of the next file
  // with that number.
  struct File {
    int fd;
    bool gone = false;    // the kernel no longer has it under this fd
    bool unused = false;  // it has no watcher; DropUnused() takes it out of the set
    std::vector<Watcher> watchers;
    // Taken out of the set: the kernel reports hang-ups whatever the mask, but all its watchers are silent.
    bool is_out = false;
    [[nodiscard]] bool IsSilent() const;
    [[nodiscard]] uint32_t EpollMask() const;
  };

  // All below is guarded by the mutex, but for what only the loop's thread uses: poll_, saw_ghost_ and
  // ready_.
  [[nodiscard]] int PrepareLocked();
  int NewToken();
  [[nodiscard]] int Insert(int fd, int events);
  int CollectReady();
  [[nodiscard]] static int Control(int epoll_fd, int operation, uint64_t key, const File& file);
  // Gives up a file whose fd was closed: its number may belong to another file now.
  void Forget(uint64_t key, File* file);
  // Takes those files out of the set that have got no new watcher.
  void DropUnused();
  void Rebuild();
  // Makes a new epoll set and lets `poll` watch it. Returns the set's fd, or a negated errno.
  [[nodiscard]] int MakeSet(UvHandle<uv_poll_t>* poll);
  static void OnPoll(uv_poll_t* poll, int status, int events);
  void UpdateRef();

  std::mutex mutex_;
  uv_loop_t* loop_;
  OnReadable on_readable_;
  Dispatch dispatch_;
  int epoll_fd_ = -1;
  UvHandle<uv_poll_t> poll_;
  bool has_ended_ = false;
  bool saw_ghost_ = false;
  int last_token_ = 0;
  uint64_t last_key_ = 0;
  std::unordered_map<uint64_t, File> files_;
  std::unordered_map<int, uint64_t> key_of_fd_;
  std::unordered_map<int, uint64_t> key_of_token_;
  std::vector<uint64_t> unused_;  // keys; has memory for kMaxUnused + 1
  // What epoll_wait() finds. It has room for all files: no turn leaves one of them out, because the next turn
  // can be long in coming.
  std::vector<epoll_event> events_;
  std::vector<Ready> ready_;
};

}  // namespace rxvirt
