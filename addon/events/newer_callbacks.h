// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <type_traits>

namespace rxvirt {

// The callback types of events that libvirt 7.0 doesn't declare, which is the oldest that we build with. So
// an addon that was built with old headers can receive these events from a newer libvirt. When the headers do
// declare a type, the compiler checks that ours is the same.
using MemoryDeviceSizeChangeCallback = void (*)(virConnectPtr, virDomainPtr, const char* alias,
                                                unsigned long long size, void*);
using NetworkMetadataChangeCallback = void (*)(virConnectPtr, virNetworkPtr, int type, const char* nsuri,
                                               void*);
using NicMacChangeCallback = void (*)(virConnectPtr, virDomainPtr, const char* alias, const char* old_mac,
                                      const char* new_mac, void*);
using VcpuRemovedCallback = void (*)(virConnectPtr, virDomainPtr, unsigned int vcpu_id, void*);
using ChannelLifecycleCallback = void (*)(virConnectPtr, virDomainPtr, const char* channel_name, int state,
                                          int reason, void*);

constexpr int kMemoryDeviceSizeChange = 26;
constexpr int kNicMacChange = 27;
constexpr int kVcpuRemoved = 28;
constexpr int kChannelLifecycle = 29;
constexpr int kNetworkMetadataChange = 1;

#if LIBVIR_CHECK_VERSION(7, 9, 0)
static_assert(
    std::is_same_v<MemoryDeviceSizeChangeCallback, virConnectDomainEventMemoryDeviceSizeChangeCallback>);
static_assert(kMemoryDeviceSizeChange == VIR_DOMAIN_EVENT_ID_MEMORY_DEVICE_SIZE_CHANGE);
#endif
#if LIBVIR_CHECK_VERSION(9, 8, 0)
static_assert(std::is_same_v<NetworkMetadataChangeCallback, virConnectNetworkEventMetadataChangeCallback>);
static_assert(kNetworkMetadataChange == VIR_NETWORK_EVENT_ID_METADATA_CHANGE);
#endif
#if LIBVIR_CHECK_VERSION(11, 2, 0)
static_assert(std::is_same_v<NicMacChangeCallback, virConnectDomainEventNICMACChangeCallback>);
static_assert(kNicMacChange == VIR_DOMAIN_EVENT_ID_NIC_MAC_CHANGE);
#endif
#if LIBVIR_CHECK_VERSION(12, 4, 0)
static_assert(std::is_same_v<VcpuRemovedCallback, virConnectDomainEventVcpuRemovedCallback>);
static_assert(std::is_same_v<ChannelLifecycleCallback, virConnectDomainEventChannelLifecycleCallback>);
static_assert(kVcpuRemoved == VIR_DOMAIN_EVENT_ID_VCPU_REMOVED);
static_assert(kChannelLifecycle == VIR_DOMAIN_EVENT_ID_CHANNEL_LIFECYCLE);
#endif

}  // namespace rxvirt
