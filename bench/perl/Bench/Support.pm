# Functions that all workloads of the Perl peer use.
package Bench::Support;
use strict;
use warnings;

use Exporter qw(import);
use Fcntl qw(F_SETFD FD_CLOEXEC);
use File::Basename qw(dirname);
use File::Spec;
use IO::Async::Loop;
use IO::Handle;
use POSIX ();
use Sys::Virt;
use Sys::Virt::Domain;
use Sys::Virt::Event;
use Sys::Virt::IO::Async::EventImpl;
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC CLOCK_PROCESS_CPUTIME_ID);

use Bench::FixedImpl;

our @EXPORT = qw($loop argument now cpu after status_kib percentile report
    register_lifecycle test_domain start_helper end_helper start_pinger);

my $bin = File::Spec->rel2abs(dirname(__FILE__) . '/../../../dist/bench/bin');
my %argument = map { split /=/, $_, 2 } @ARGV[1 .. $#ARGV];
sub argument { my ($key, $otherwise) = @_; return $argument{$key} // $otherwise }

our $loop = IO::Async::Loop->new;
my $impl = argument(impl => 'stock') eq 'fixed' ? Bench::FixedImpl->new : Sys::Virt::IO::Async::EventImpl->new;
Sys::Virt::Event::register($impl);
$loop->add($impl);
STDOUT->autoflush(1);
$SIG{PIPE} = 'IGNORE';

sub now { return clock_gettime(CLOCK_MONOTONIC) }
sub cpu { return clock_gettime(CLOCK_PROCESS_CPUTIME_ID) }
sub after { my ($seconds, $code) = @_; return $loop->watch_time(after => $seconds, code => $code) }
sub percentile { my ($sorted, $share) = @_; return @$sorted ? $sorted->[ int($share * $#$sorted) ] : 0 }

sub status_kib {
    my ($key) = @_;
    open my $file, '<', '/proc/self/status' or return 0;
    while (<$file>) { return $1 if /^$key:\s+(\d+)/ }
    return 0;
}

sub report {
    my ($workload, @figures) = @_;
    push @figures, cpu_s => cpu(), rss_peak_kib => status_kib('VmHWM');
    my @parts = ("\"workload\": \"$workload\"");
    while (my ($key, $value) = splice @figures, 0, 2) {
        push @parts, "\"$key\": " . ($value =~ /\./ ? sprintf '%.4f', $value : $value);
    }
    print '{', join(', ', @parts), "}\n";
    return;
}

sub register_lifecycle {
    my ($connection, $callback) = @_;
    return $connection->domain_event_register_any(undef, Sys::Virt::Domain::EVENT_ID_LIFECYCLE, $callback);
}
sub test_domain { return $_[0]->get_domain_by_name('test') }

# Returns the helper's pid and its stdin and stdout.
sub start_helper {
    my ($name, @arguments) = @_;
    pipe my $in_r,  my $in_w  or die $!;
    pipe my $out_r, my $out_w or die $!;
    my $pid = fork // die "fork: $!";
    if (!$pid) {
        POSIX::dup2(fileno $in_r,  0);
        POSIX::dup2(fileno $out_w, 1);
        exec { "$bin/$name" } "$bin/$name", @arguments or POSIX::_exit(127);
    }
    close $in_r;
    close $out_w;
    $in_w->autoflush(1);
    return ($pid, $in_w, $out_r);
}
sub end_helper { my ($pid) = @_; kill TERM => $pid; waitpid $pid, 0; return }

# Watches pipes, and starts the pinger that writes to their other ends. Counts the bytes in $$count.
sub start_pinger {
    my ($mode, $pipes, $count) = @_;
    local $^F = 1_000_000;    # helpers inherit the file descriptors that are opened here ...
    pipe my $ack_r, my $ack_w or die $!;
    my (@read, @write);
    for (1 .. $pipes) { pipe my $r, my $w or die $!; push @read, $r; push @write, $w }
    fcntl $_, F_SETFD, FD_CLOEXEC for $ack_w, @read;    # ... except these
    my $reply = $mode eq 'pp';
    my $byte;
    for my $r (@read) {
        Sys::Virt::Event::add_handle(
            fileno $r,
            Sys::Virt::Event::HANDLE_READABLE,
            sub {
                sysread $r, $byte, 1;
                $$count++;
                syswrite $ack_w, 'k' if $reply;
            });
    }
    my ($pid, $go) = start_helper('pinger', $mode, fileno $ack_r, map { fileno $_ } @write);
    return ($pid, $go, [ @read, $ack_w ]);
}

1;
