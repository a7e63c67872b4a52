// SPDX-License-Identifier: MIT
#pragma once
#include <atomic>
#include <mutex>
#include <optional>
#include <string>

namespace rxvirt {

class Library;

// One function that the addon needs from a library; see Function.
class LibraryEntry {
 public:
  LibraryEntry(const LibraryEntry&) = delete;
  LibraryEntry& operator=(const LibraryEntry&) = delete;
  const char* const name;
  [[nodiscard]] bool is_found() const { return address_.load(std::memory_order_relaxed) != nullptr; }

 protected:
  LibraryEntry(Library& library, const char* name);
  ~LibraryEntry() = default;

  std::atomic<void*> address_{nullptr};  // found when the library is opened

 private:
  friend class Library;
  LibraryEntry* const next_;
};

// A shared library that is opened at its first use, so that the addon loads without it. It is never closed:
// libvirt keeps threads and callbacks for the life of the process.
class Library {
 public:
  constexpr explicit Library(const char* file) : file_(file) {}

  // Any thread. Opens the library and finds the functions of all entries. Returns why that failed, or nothing
  // when it succeeded. A call after a failure tries again.
  [[nodiscard]] std::optional<std::string> Open();

  // Any thread. nullptr when the open library has no function of this name. A function in a preloaded library
  // comes first, as it would in a program that is linked against the library.
  [[nodiscard]] void* Find(const char* name) const;
  // Any thread. The library's own function, even when a preloaded library has a function of this name.
  [[nodiscard]] void* FindOwn(const char* name) const;

 private:
  friend class LibraryEntry;

  const char* file_;
  std::mutex mutex_;
  void* handle_ = nullptr;
  bool is_open_ = false;  // and all entries were found
  LibraryEntry* entries_ = nullptr;
};

template <typename Signature>
class Function;

// Calls a function of a library. The library must be open.
template <typename Result, typename... Parameters>
class Function<Result(Parameters...)> final : public LibraryEntry {
 public:
  Function(Library& library, const char* name) : LibraryEntry(library, name) {}
  Result operator()(Parameters... parameters) const {
    return reinterpret_cast<Result (*)(Parameters...)>(address_.load(std::memory_order_relaxed))(
        parameters...);
  }
};

}  // namespace rxvirt
