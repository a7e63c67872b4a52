# W3 (watch), W4 (timer0, timers): the event loop by itself.
package Bench::Loop;
use strict;
use warnings;

use Bench::Support;

our %workload = (watch => \&watch, timer0 => \&timer0, timers => \&timers);

sub watch {
    my $dispatches = 0;
    my ($pid, $go, $keep) = start_pinger(argument(mode => 'pp'), argument(m => 1), \$dispatches);
    after(argument(secs => 2), sub { $loop->stop });
    my ($start, $start_cpu) = (now, cpu);
    print $go 'g';
    $loop->run;
    my ($seconds, $used) = (now() - $start, cpu() - $start_cpu);
    end_helper($pid);
    report(
        'watch',
        seconds             => $seconds,
        dispatches          => $dispatches,
        dispatches_per_s    => int($dispatches / $seconds),
        cpu_us_per_dispatch => $used * 1e6 / ($dispatches || 1));
    return;
}

sub timer0 {
    my ($secs, $mix) = (argument(secs => 2), argument(mix => 0));
    my ($zero, $ten, $pipes, $end) = (0, 0, 0);
    my ($pid, $go, $keep) = $mix ? start_pinger('pp', 1, \$pipes) : ();
    Sys::Virt::Event::add_timeout(10, sub { $ten++ }) if $mix;
    Sys::Virt::Event::add_timeout(0, sub { $zero++; $loop->stop if now() >= $end });
    after($secs + 0.5, sub { $loop->stop });
    my ($start, $start_cpu) = (now, cpu);
    $end = $start + $secs;
    print $go 'g' if $mix;
    $loop->run;
    my ($seconds, $used) = (now() - $start, cpu() - $start_cpu);
    end_helper($pid) if $pid;
    report(
        'timer0',
        seconds               => $seconds,
        callbacks             => $zero,
        callbacks_per_s       => int($zero / $seconds),
        ten_ms_fired          => $ten,
        pipe_dispatches_per_s => int($pipes / $seconds),
        cpu_percent           => $used / $seconds * 100);
    return;
}

sub timers {
    my ($count, $ms, $secs) = (argument(m => 1000), argument(ms => 10), argument(secs => 3));
    my (@late, @previous);
    after($secs, sub { $loop->stop });
    my ($start, $start_cpu) = (now, cpu);
    for my $i (0 .. $count - 1) {
        $previous[$i] = now;
        Sys::Virt::Event::add_timeout(
            $ms,
            sub {
                my $at = now;
                push @late, ($at - $previous[$i]) * 1e3 - $ms;
                $previous[$i] = $at;
            });
    }
    $loop->run;
    my ($seconds, $used) = (now() - $start, cpu() - $start_cpu);
    @late = sort { $a <=> $b } map { $_ > 0 ? $_ : 0 } @late;
    report(
        'timers',
        fired_percent => 100 * @late / ($count * $secs * 1000 / $ms),
        late_p50_ms   => percentile(\@late, .5),
        late_p99_ms   => percentile(\@late, .99),
        late_max_ms   => percentile(\@late, 1),
        cpu_percent   => $used / $seconds * 100);
    return;
}

1;
