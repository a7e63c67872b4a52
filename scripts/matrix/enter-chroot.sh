#!/bin/sh
# Runs a command in a chroot: enter-chroot.sh ROOT [FROM TO]... -- COMMAND [ARGUMENT]...
# Each FROM is a file or folder of this machine that the chroot sees at TO. The caller runs this script in new
# namespaces for mounts and processes. So no mount and no process stays after the command has ended.
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
