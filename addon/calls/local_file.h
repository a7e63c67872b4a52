// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>
#include <unistd.h>

#include <mutex>
#include <utility>

#include "calls/handle.h"

namespace rxvirt {

class AddonData;

// A file of this machine that the calls of stream_files.h read or write. It has a descriptor of its own,
// because a call may outlive the environment whose descriptor it was.
class LocalFile final : public Handle {
 public:
  // Takes the descriptor over.
  explicit LocalFile(int fd) : Handle(KindOf<LocalFile>()), fd_(fd) {}
  ~LocalFile() override { Close(); }

  // What one call has of it. Without a descriptor when the file is closed.
  class Use {
   public:
    explicit Use(LocalFile& file) : lock_(file.mutex_), fd_(file.fd_) {}
    [[nodiscard]] int fd() const { return fd_; }

   private:
    std::lock_guard<std::mutex> lock_;
    int fd_;
  };
  // Waits until no call uses it.
  void Close() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (fd_ >= 0) close(std::exchange(fd_, -1));
  }

 private:
  std::mutex mutex_;
  int fd_;
};

void ExportLocalFiles(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
