#!/bin/sh
# Runs the addon's specs under AddressSanitizer and UndefinedBehaviorSanitizer, or with "thread" as argument
# under ThreadSanitizer, in a copy of its own: the ordinary build stays as it is.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
node scripts/setup.mjs --tests

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r addon spec dist binding.gyp package.json .mocharc.json "$copy"
ln -s "$root/node_modules" "$copy/node_modules"
cd "$copy"

if [ "${1:-address}" = thread ]; then
  sanitize=thread
  preload=$(g++ -print-file-name=libtsan.so)
  # Node.js, V8 and libvirt are not built for it.
  printf 'race:v8::\nrace:uv_\nrace:libvirt.so\nrace:libglib\n' >suppressions
  export TSAN_OPTIONS="suppressions=$copy/suppressions"
else
  sanitize=address,undefined
  preload="$(g++ -print-file-name=libasan.so) $(g++ -print-file-name=libubsan.so)"
  export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1
fi
CXXFLAGS="-fsanitize=$sanitize -fno-omit-frame-pointer -g -O1" LDFLAGS="-fsanitize=$sanitize" \
  node node_modules/node-gyp/bin/node-gyp.js rebuild --nodedir="$(dirname "$(dirname "$(command -v node)")")" \
  >build.log 2>&1 || { tail -n 40 build.log; exit 1; }

# libvirt loads libtirpc later than the sanitizer looks for the functions that it intercepts there.
LD_PRELOAD="$preload libtirpc.so.3" setarch -R node node_modules/mocha/bin/mocha.js \
  --no-config --node-option expose-gc --reporter "$root/spec/support/summary-reporter.cjs" --timeout 120000 'dist/spec/native/*-spec.js'
