// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>
#include <napi.h>

#include <memory>
#include <string>

#include "calls/connection.h"

namespace rxvirt {

// One domain of a connection, named by its uuid; libvirt's object is looked up by the first call that needs
// it, so that making one costs no call. Closing the connection frees it.
struct DomainState {
  DomainState(std::shared_ptr<ConnectionState> connection_state, std::string uuid_text)
      : connection(std::move(connection_state)), uuid(std::move(uuid_text)) {}
  ~DomainState();
  DomainState(const DomainState&) = delete;
  DomainState& operator=(const DomainState&) = delete;

  const std::shared_ptr<ConnectionState> connection;
  const std::string uuid;
  virDomainPtr domain = nullptr;  // guarded by the connection's mutex
};

// A reference that keeps libvirt's domain for the time of one call. Call threads only: it may look it up.
class DomainRef {
 public:
  explicit DomainRef(DomainState& state);
  ~DomainRef();
  DomainRef(const DomainRef&) = delete;
  DomainRef& operator=(const DomainRef&) = delete;
  [[nodiscard]] virDomainPtr get() const { return domain_; }  // nullptr: see error()
  [[nodiscard]] const VirError& error() const { return error_; }

 private:
  virDomainPtr domain_ = nullptr;
  VirError error_;
};

std::shared_ptr<DomainState> ToDomain(const Napi::Value& handle);

void ExportDomainFunctions(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
