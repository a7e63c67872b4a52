// SPDX-License-Identifier: MIT
#include "library/library.h"

#include <dlfcn.h>

namespace rxvirt {

// Entries are global variables, so this runs before anything else of the addon.
LibraryEntry::LibraryEntry(Library& library, const char* name) : name(name), next_(library.entries_) {
  library.entries_ = this;
}

std::optional<std::string> Library::Open() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (is_open_) return std::nullopt;  // other threads may already use the addresses
  if (handle_ == nullptr) handle_ = dlopen(file_, RTLD_NOW | RTLD_LOCAL);
  if (handle_ == nullptr) {
    const char* reason = dlerror();
    return reason != nullptr ? reason : std::string(file_) + " can't be opened";
  }
  std::optional<std::string> problem;
  for (LibraryEntry* entry = entries_; entry != nullptr; entry = entry->next_) {
    void* const address = Find(entry->name);
    entry->address_.store(address, std::memory_order_relaxed);
    if (address == nullptr) problem = std::string(file_) + " has no function " + entry->name;
  }
  is_open_ = !problem;
  return problem;
}

void* Library::Find(const char* name) const {
  void* const preloaded = dlsym(RTLD_DEFAULT, name);
  return preloaded != nullptr ? preloaded : FindOwn(name);
}

void* Library::FindOwn(const char* name) const { return dlsym(handle_, name); }

}  // namespace rxvirt
