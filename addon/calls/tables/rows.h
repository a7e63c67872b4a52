// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt-qemu.h>
#include <libvirt/libvirt.h>

#include <cstddef>

#include "calls/call_row.h"
#include "calls/odd_calls.h"
#include "calls/tables.h"
#include "library/functions.h"

// A function that the oldest supported libvirt has, and that its headers declare.
#define CALL(name) Row<Directly<decltype(::name)>>(#name, libvirt, 7'000'000UL)
// A function, the first version of libvirt that has it, and its type:
// CALL_SINCE(virDomainNewer, 9, 1, int(virDomainPtr, unsigned int)).
#define CALL_SINCE(name, major, minor, ...) \
  Row<Directly<__VA_ARGS__>>(#name, libvirt, major * 1'000'000UL + minor * 1'000UL)
// A function that a function of odd_calls.h calls.
#define ODD(name, by) Row<By<by>>(#name, libvirt, 7'000'000UL)
// Functions of libvirt's library for QEMU.
#define QEMU_CALL(name) Row<Directly<decltype(::name)>>(#name, libvirt_qemu, 7'000'000UL)
#define QEMU_ODD_SINCE(name, major, minor, by) \
  Row<By<by>>(#name, libvirt_qemu, major * 1'000'000UL + minor * 1'000UL)

namespace rxvirt {

template <size_t count>
CallRows Rows(const CallRow (&rows)[count]) {
  return {rows, count};
}

}  // namespace rxvirt
