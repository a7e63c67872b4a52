// A small libvirt event loop on epoll, to see how far libvirt's default loop is from what the kernel allows.
// Not for production: one watch per fd, timers scanned linearly.
#pragma once

// With `drain`, a ready handle's callback is run up to so many times more while its fd stays readable:
// libvirt's remote client reads one message per callback, so this saves most of the loop's cost in a burst.
void epoll_impl_register(int drain);
int epoll_impl_run_once(void);
