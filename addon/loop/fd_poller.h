// SPDX-License-Identifier: MIT
#pragma once
#include <uv.h>

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include "node/uv_handle.h"

namespace rxvirt {

// What a mask is made of; the same numbers as libvirt's VIR_EVENT_HANDLE_*.
enum Mask : int { kReadable = 1, kWritable = 2, kError = 4, kHangup = 8 };

// One private epoll set, watched by a single uv_poll_t: uv_poll itself takes one handle for each file and
// hides errors and hang-ups. Any number of watchers share an fd. Loop thread only.
class FdPoller {
 public:
  struct Ready {
    int32_t token;
    int32_t mask;
  };
  // Until when (uv_hrtime()) Drain() goes on, and how long that is.
  struct Time {
    uint64_t until_ns;
    uint64_t left_ns;
  };
  // Gets one batch of ready watchers; may add and remove watchers, its own included.
  using Dispatch = std::function<void(const std::vector<Ready>&, const Time&)>;

  using OnReadable = std::function<void()>;

  // `on_readable` is called from the event loop, and calls Drain() once it has entered JavaScript.
  FdPoller(uv_loop_t* loop, OnReadable on_readable, Dispatch dispatch);
  ~FdPoller();
  FdPoller(const FdPoller&) = delete;
  FdPoller& operator=(const FdPoller&) = delete;

  // Makes the epoll set, unless it is there: 0, or a negated errno, as -EMFILE. Add() does it too, but by
  // then it can be too late to tell anybody.
  [[nodiscard]] int Prepare();
  // Returns a token above 0, or a negated errno: -EBADF for what is no open file, -EPERM for a file that is
  // always ready (a regular one) and that epoll refuses, or what Prepare() answers. Errors and hang-ups are
  // reported in any case.
  [[nodiscard]] int Add(int fd, int events);
  void Remove(int token);

  // Dispatches what is ready, in rounds, as long as more becomes ready and the bounds allow.
  void Drain();

  // Closes the libuv handle; nothing is dispatched from then on.
  void End();

 private:
  struct Watcher {
    int token;
    int events;
  };
  // One open file in the epoll set. The key, unlike the fd number, is never used again, so an event for a
  // file that was closed behind our back can't be taken for its successor's.
  struct File {
    int fd;
    bool gone = false;    // the kernel no longer has it under this fd
    bool unused = false;  // its last watcher has left; taken out at the next look at the set
    std::vector<Watcher> watchers;
    [[nodiscard]] uint32_t EpollMask() const;
  };

  int NewToken();
  int CollectReady();
  [[nodiscard]] static int Control(int epoll_fd, int operation, uint64_t key, const File& file);
  // Loses the file of a closed fd from sight: its number may belong to another file now.
  void Forget(uint64_t key, File* file);
  // Takes the files out that nobody came back to.
  void DropUnused();
  void Rebuild();
  // Has `poll` watch a new epoll set; its fd, or a negated errno.
  [[nodiscard]] int MakeSet(UvHandle<uv_poll_t>* poll);
  static void OnPoll(uv_poll_t* poll, int status, int events);
  void UpdateRef();

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
  std::vector<uint64_t> unused_;  // keys
  std::vector<Ready> ready_;
};

}  // namespace rxvirt
