# Checks edge cases of the event loop's contract. Prints one line of JSON per check.
package Bench::Quirks;
use strict;
use warnings;

use Bench::Support;

our %workload = (quirks => \&quirks);

package Bench::Quirks::Opaque {
    our $freed = 0;
    sub new { return bless {}, shift }
    sub DESTROY { $freed++; return }
}

sub say_check {
    my ($check, $is_right, $saw) = @_;
    $saw =~ s/ at \S+ line.*//s;
    $saw =~ s/["\\]//g;
    my $right = !defined $is_right ? 'null' : $is_right ? 'true' : 'false';
    print qq({"check": "$check", "right": $right, "saw": "$saw"}\n);
    return;
}
sub run_for { my ($seconds) = @_; after($seconds, sub { $loop->stop }); $loop->run; return }

sub quirks {
    say_check('wake', undef, 'has no threads');
    shorter();
    hangup();
    zero();
    return;
}

sub shorter {
    my ($fired, $start) = (undef, now);
    my $timer = Sys::Virt::Event::add_timeout(1000, sub { $fired //= now });
    run_for(0.05);
    my $updated = eval { Sys::Virt::Event::update_timeout($timer, 10); 1 };
    my $why     = $@;
    run_for(1.3);
    my $ms = $fired ? ($fired - $start) * 1e3 : undef;
    say_check('shorter', $ms && $ms < 200, $updated ? $ms ? sprintf 'after %.0f ms', $ms : 'not in 1.3 s' : "died: $why");
    return;
}

sub hangup {
    my $mask = 0;
    pipe my $r, my $w or die $!;
    my $watch = Sys::Virt::Event::add_handle(fileno $r, Sys::Virt::Event::HANDLE_HANGUP, sub { $mask |= $_[2] });
    close $w;
    run_for(0.2);
    say_check('hangup', $mask & Sys::Virt::Event::HANDLE_HANGUP, "mask $mask");

    # A raw file descriptor that no Perl handle owns.
    my ($raw) = POSIX::pipe();
    Sys::Virt::Event::remove_handle(Sys::Virt::Event::add_handle($raw, Sys::Virt::Event::HANDLE_READABLE, sub { }));
    run_for(0.05);
    my $is_open = -e "/proc/self/fd/$raw";
    say_check('fd', $is_open, $is_open ? 'still open' : 'closed');
    return;
}

# Removes 100 timeouts, waits a while, and counts those that are freed.
sub count_freed {
    $Bench::Quirks::Opaque::freed = 0;
    for (1 .. 100) {
        my $opaque = Bench::Quirks::Opaque->new;
        my $timer  = Sys::Virt::Event::add_timeout(1000, sub { $opaque });
        undef $opaque;
        eval { Sys::Virt::Event::remove_timeout($timer) };
    }
    run_for(0.5);
    return $Bench::Quirks::Opaque::freed;
}

sub zero {
    my ($turns, $idle) = (0, count_freed());
    Sys::Virt::Event::add_timeout(0, sub { $turns++ });
    run_for(0.2);
    say_check('zero', $turns > 10, $turns == 1 ? 'once' : "$turns times in 0.2 s");
    my $busy = count_freed();
    say_check('freed', $busy == 100, "$busy of 100 ($idle with no 0 ms timeout)");
    return;
}

1;
