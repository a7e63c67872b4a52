# An EventImpl whose 0 ms timeout repeats, and in which updating and removing a timeout doesn't croak.
package Bench::FixedImpl;
use strict;
use warnings;
use parent -norequire, 'Sys::Virt::IO::Async::EventImpl';

use IO::Async::Timer::Periodic;

sub update_timeout {
    my ($self, $id, $frequency) = @_;
    my $timeout = $self->{_watches}{$id} or return;
    if (my $notifier = delete $timeout->{notifier})   { $self->remove_child($notifier) }
    if (my $idle     = delete $timeout->{idle_watch}) { $self->loop->unwatch_idle($idle) }
    $timeout->{freq} = $frequency;
    if ($frequency == 0) { $self->_arm_idle($id, $timeout) }
    elsif ($frequency > 0) {
        $timeout->{notifier} = IO::Async::Timer::Periodic->new(
            interval   => $frequency / 1000,
            on_tick    => sub { $self->_run_timeout_callback($id, $timeout->{cb}, $timeout->{opaque}) },
            reschedule => 'drift');
        $self->add_child($timeout->{notifier}->start);
    }
    return;
}

sub _arm_idle {
    my ($self, $id, $timeout) = @_;
    my $run = sub {
        delete $timeout->{idle_watch};
        $self->_run_timeout_callback($id, $timeout->{cb}, $timeout->{opaque});
        return if $timeout->{freq} || $timeout->{idle_watch} || !$self->{_watches}{$id};
        $self->_arm_idle($id, $timeout);
    };
    $timeout->{idle_watch} = $self->loop->watch_idle(when => 'later', code => $run);
    return;
}

sub _remove_watch {
    my ($self, $id) = @_;
    my $watch = delete $self->{_watches}{$id} or return;
    $self->remove_child($watch->{notifier}) if $watch->{notifier};
    if (my $idle = delete $watch->{idle_watch}) { $self->loop->unwatch_idle($idle) }
    $self->loop->later(sub { $self->_free_callback_opaque($watch->{free_cb}, $watch->{opaque}) });
    return;
}

1;
