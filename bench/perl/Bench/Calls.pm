# W5 (latency), W7 (calls), W9 (start): calls while the event loop runs.
package Bench::Calls;
use strict;
use warnings;

use Bench::Support;

my $warm_up = argument(warm => 6000);

our %workload = (latency => \&latency, calls => \&calls, start => \&start);

sub latency {
    my ($via, $uri, $want) = (argument(via => 'helper'), argument(uri => ''), argument(n => 2000) + $warm_up);
    my (@event_at, @called_at, $next);
    my $connection = Sys::Virt->new(uri => $uri);
    register_lifecycle($connection, sub { push @event_at, now; @event_at == $want ? $loop->stop : $next->() });
    my ($pid, $in, $out);
    if ($via eq 'helper') {
        ($pid, $in, $out) = start_helper('trigger', $uri, $want);
        <$out>;
        $next = sub { syswrite $in, 'n' };
        $next->();
    }
    else {
        my $domain = test_domain($via eq 'inline' ? Sys::Virt->new(uri => $uri) : $connection);
        my $paused = $domain->get_info->{state} == Sys::Virt::Domain::STATE_PAUSED;
        my $call = sub { push @called_at, now; $paused ? $domain->resume : $domain->suspend; $paused = !$paused };
        $next = sub { $loop->later($call) };
        $next->();
    }
    after(30, sub { $loop->stop });
    $loop->run;
    if ($pid) { @called_at = map { $_ / 1e9 } <$out>; waitpid $pid, 0 }
    my @took = sort { $a <=> $b } map { ($event_at[$_] - $called_at[$_]) * 1e6 } $warm_up .. $#event_at;
    report(
        'latency',
        stalled => @event_at < $want ? 'true' : 'false',
        n       => scalar @took,
        p50_us  => percentile(\@took, .5),
        p90_us  => percentile(\@took, .9),
        p99_us  => percentile(\@took, .99),
        max_us  => percentile(\@took, 1));
    return;
}

sub calls {
    my $n      = argument(n => 20000);
    my $domain = test_domain(Sys::Virt->new(uri => argument(uri => 'test:///default')));
    my @took;
    my ($start, $start_cpu) = (now, cpu);
    for (1 .. $n) {
        my $called = now;
        $domain->get_state;
        push @took, (now() - $called) * 1e6;
    }
    my ($seconds, $used) = (now() - $start, cpu() - $start_cpu);
    @took = sort { $a <=> $b } @took;
    report(
        'calls',
        n               => $n,
        calls_per_s     => int($n / $seconds),
        us_per_call     => $seconds * 1e6 / $n,
        p50_us          => percentile(\@took, .5),
        p99_us          => percentile(\@took, .99),
        cpu_us_per_call => $used * 1e6 / $n);
    return;
}

sub start {
    my ($began, $imported) = (argument(t0 => 0) / 1e9, now);
    my $connection = Sys::Virt->new(uri => argument(uri => 'test:///default'));
    my $connected  = now;
    my $event_at;
    my $id = register_lifecycle($connection, sub { $event_at //= now; $loop->stop });
    test_domain($connection)->suspend;
    $loop->run;
    report(
        'start',
        import_ms  => ($imported - $began) * 1e3,
        connect_ms => ($connected - $began) * 1e3,
        event_ms   => ($event_at - $began) * 1e3);
    return;
}

1;
