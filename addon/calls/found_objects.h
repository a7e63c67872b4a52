// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "calls/held_list.h"

namespace rxvirt {

// An object that a call answers with.
struct FoundObject {
  std::shared_ptr<Handle> handle;
  ObjectIdentity identity;
};

// Call threads. Takes ownership of the reference, also when it throws.
template <typename Object>
FoundObject KeepObject(Object* object, const std::shared_ptr<ConnectionState>& connection) {
  std::unique_ptr<Object, int (*)(Object*)> owned(object, ObjectKind<Object>::Free);
  FoundObject found{nullptr, ObjectKind<Object>::Describe(object)};
  auto held = std::make_shared<Held<Object>>(connection, found.identity.key);
  if (held->Adopt(object)) (void)owned.release();
  found.handle = std::move(held);
  return found;
}

// The objects that a call answers with.
struct FoundObjects {
  // Of HandleList::kMost objects each, the last one of the rest.
  std::vector<std::shared_ptr<HandleList>> handles;
  std::vector<ObjectIdentity> identities;
};

// Call threads. `next` returns the next reference and passes its ownership on, or returns nullptr.
template <typename Next>
FoundObjects KeepObjects(const std::shared_ptr<ConnectionState>& connection, Next next) {
  using Object = std::remove_pointer_t<decltype(next())>;
  FoundObjects found;
  std::vector<std::unique_ptr<References<Object>>> references;
  while (auto* object = next()) {
    std::unique_ptr<Object, int (*)(Object*)> owned(object, ObjectKind<Object>::Free);
    if (found.identities.size() % HandleList::kMost == 0)
      references.push_back(std::make_unique<References<Object>>());
    references.back()->Add(owned.release());
    found.identities.push_back(ObjectKind<Object>::Describe(object));
  }
  std::vector<std::shared_ptr<HeldList<Object>>> lists(references.size());
  for (auto& list : lists) list = std::make_shared<HeldList<Object>>(connection);
  found.handles.assign(lists.begin(), lists.end());
  const std::lock_guard<std::mutex> lock(connection->mutex);
  for (size_t i = 0; i < lists.size(); ++i) lists[i]->AdoptLocked(references[i]);
  return found;
}

// A handle of the object, with its key, name and id.
Napi::Object ToJs(Napi::Env env, const FoundObject& found);
// The lists of handles, and the keys, names and ids of the objects in three arrays.
// lib/calls/found.ts makes objects of them, because V8 does that much faster than Node-API.
Napi::Object ToJs(Napi::Env env, const FoundObjects& found);

}  // namespace rxvirt
