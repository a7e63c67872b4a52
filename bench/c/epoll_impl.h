// A small event loop for libvirt on epoll. It shows how much faster than libvirt's default loop the kernel
// allows a loop to be. Not for production: it takes one watch per fd, and scans all timers each time.
#pragma once

// `drain` is how many more times the callback of a ready handle is run while its fd stays readable. libvirt's
// remote client reads one message per callback, so this saves most of the loop's cost during a burst.
void epoll_impl_register(int drain);
int epoll_impl_run_once(void);
