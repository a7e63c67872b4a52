#!/bin/sh
# Runs a command in a chroot: enter-chroot.sh ROOT [FROM TO]... -- COMMAND [ARGUMENT]...
# Each FROM is a file or folder of this machine that the chroot sees at TO. The caller gives it namespaces of its own
# for mounts and processes, so that nothing of this outlasts the command.
set -eu
root=$1
shift
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mount -t proc proc "$root/proc"
while [ "$1" != -- ]; do
  if [ -d "$1" ]; then
    mkdir -p "$root$2"
  else
    mkdir -p "$(dirname "$root$2")"
    touch "$root$2"
  fi
  mount --bind "$1" "$root$2"
  shift 2
done
exec chroot "$root" tini "$@"
