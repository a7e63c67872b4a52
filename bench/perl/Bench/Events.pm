# W1 and W8 (flood), W2 (inproc), W6 (idle): lifecycle events.
package Bench::Events;
use strict;
use warnings;

use Bench::Support;

our %workload = (flood => \&flood, inproc => \&inproc, idle => \&idle);

sub flood {
    my ($connections, $subscribers) = (argument(connections => 1), argument(subscribers => 1));
    my ($events, $markers, $deliveries, $failed) = (0, 0, 0, 0);
    my ($first, $first_cpu, $last, $last_cpu);

    # libvirt accepts the same callback only once per connection, so this program itself calls further subscribers.
    my @subscribers = map {
        my $mine = 0;
        sub {
            my ($event, $detail) = @_;
            $deliveries++;
            $mine++ if $event == Sys::Virt::Domain::EVENT_STOPPED && $detail == Sys::Virt::Domain::EVENT_STOPPED_FAILED;
        }
    } 1 .. $subscribers;
    my $on_event = sub {
        my (undef, undef, $event, $detail) = @_;
        if ($events++ == 0) { $first = now; $first_cpu = cpu }
        $_->($event, $detail) for @subscribers;
        return if $event != Sys::Virt::Domain::EVENT_STOPPED || ++$markers < $connections;
        $last     = now;
        $last_cpu = cpu;
        $loop->stop;
    };
    my @connections = map { Sys::Virt->new(uri => argument(uri => '')) } 1 .. $connections;
    my @ids         = map { register_lifecycle($_, $on_event) } @connections;
    $loop->run;
    my ($seconds, $used) = ($last - $first, $last_cpu - $first_cpu);
    report(
        'flood',
        n                   => $events,
        seconds             => $seconds,
        events_per_s        => int(($events - 1) / $seconds),
        deliveries_per_s    => int($deliveries / $seconds),
        cpu_us_per_event    => $used * 1e6 / ($events - 1),
        cpu_us_per_delivery => $used * 1e6 / $deliveries);
    return;
}

sub inproc {
    my $want       = argument(n => 100000);
    my $connection = Sys::Virt->new(uri => 'test:///default');
    my $domain     = test_domain($connection);
    my ($got, $made, $first, $first_cpu, $last, $last_cpu) = (0, 0);
    register_lifecycle(
        $connection,
        sub {
            return if ++$got < $want;
            $last     = now;
            $last_cpu = cpu;
            $loop->stop;
        });
    my $generate;
    $generate = sub {
        for (1 .. 100) { $made++ & 1 ? $domain->resume : $domain->suspend; last if $made == $want }
        $loop->later($generate) if $made < $want;
    };
    $loop->later($generate);
    $first     = now;
    $first_cpu = cpu;
    $loop->run;
    report(
        'inproc',
        n                => $got,
        seconds          => $last - $first,
        events_per_s     => int($got / ($last - $first)),
        cpu_us_per_event => ($last_cpu - $first_cpu) * 1e6 / $got);
    return;
}

sub idle {
    my ($uri, $count) = (argument(uri => 'test:///default'), argument(m => 1000));
    my ($got, $last)  = (0);
    my $on_event = sub { if (++$got == $count) { $last = now; $loop->stop } };
    # The first connection also loads and initialises libraries. Only the cost of the others is measured.
    Sys::Virt->new(uri => $uri);
    my ($before_kib, $start) = (status_kib('VmRSS'), now);
    my (@connections, @ids);
    for (1 .. $count) {
        push @connections, Sys::Virt->new(uri => $uri);
        push @ids,         register_lifecycle($connections[-1], $on_event);
    }
    my @figures = (
        open_ms            => (now() - $start) * 1e3,
        kib_per_connection => (status_kib('VmRSS') - $before_kib) / $count);
    after(argument(secs => 2), sub { $loop->stop });
    ($start, my $start_cpu) = (now, cpu);
    $loop->run;
    push @figures, idle_cpu_percent => (cpu() - $start_cpu) / (now() - $start) * 100;
    if ($uri eq 'test:///default') {
        $start = now;
        test_domain($connections[0])->suspend;
        $loop->run;
        push @figures, fanout_ms => ($last - $start) * 1e3;
    }
    $start = now;
    $connections[$_]->domain_event_deregister_any($ids[$_]) for 0 .. $count - 1;
    @connections = ();
    report('idle', @figures, close_ms => (now() - $start) * 1e3);
    return;
}

1;
