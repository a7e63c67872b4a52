#!/usr/bin/perl
# peer.pl: Sys::Virt on IO::Async, through Sys::Virt::IO::Async::EventImpl.
#
# usage: perl -I$SYS_VIRT_IO_ASYNC peer.pl WORKLOAD [key=value ...]    prints one line of JSON
# The keys are in ../README.md. In addition:
#   impl=fixed   EventImpl with repaired timeouts (Bench/FixedImpl.pm)
# There are no threads. A generator makes 100 calls per turn of the loop, and the loop itself makes blocking calls
# (latency via=inline: on a second connection, via=shared: on the connection that receives the events).
use strict;
use warnings;

use File::Basename qw(dirname);
use POSIX ();
use lib dirname(__FILE__);

use Bench::Calls;
use Bench::Events;
use Bench::Loop;
use Bench::Quirks;

my %workload = (%Bench::Events::workload, %Bench::Loop::workload, %Bench::Calls::workload, %Bench::Quirks::workload);
die "usage: $0 WORKLOAD [key=value ...]\n" unless @ARGV && $workload{ $ARGV[0] };
$workload{ $ARGV[0] }->();
POSIX::_exit(0);    # watches and timeouts are left registered on purpose
