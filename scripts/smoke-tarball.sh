#!/usr/bin/env bash
# Packs the project, installs the tarball in an empty folder as a user would, and uses the package there.
set -euo pipefail
cd "$(dirname "$0")/.."
clone=$PWD

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# If Node's headers are installed beside Node, node-gyp need not download them.
prefix=$(node -p 'path.dirname(path.dirname(process.execPath))')
if [ -e "$prefix/include/node/node_version.h" ]; then export npm_config_nodedir=$prefix; fi

npm pack --loglevel=error --pack-destination "$folder"
cd "$folder"
echo '{ "private": true, "type": "module" }' >package.json
npm install --no-audit --no-fund --loglevel=error --foreground-scripts ./rxvirt-*.tgz 'rxjs@^7.8' >install.log 2>&1 || {
  tail -n 40 install.log >&2
  exit 1
}

cat >smoke.ts <<'END'
import { firstValueFrom } from 'rxjs';
import { Connection } from 'rxvirt';
import { settleStopped } from 'rxvirt/operators';

const connection = await Connection.open('test:///default');
const domain = await connection.lookupDomainByName('test');
const options = { onRegistered: () => void domain.suspend() };
const events = connection.domainEvents('lifecycle', options).pipe(settleStopped(1));
const { event } = await firstValueFrom(events);
await connection.close();
console.log(`installed from the tarball, rxvirt heard: ${event}`);
END
node "$clone/node_modules/typescript/bin/tsc" --strict --skipLibCheck --target es2022 --module nodenext \
  --typeRoots "$clone/node_modules/@types" --types node smoke.ts
# The program has to end by itself.
timeout 60 node smoke.js

# That was without prom-client, which only rxvirt/prom-client needs.
if [ -e node_modules/prom-client ]; then
  echo 'prom-client was installed, though it is optional' >&2
  exit 1
fi
version=$(node -p "require('$clone/package.json').devDependencies['prom-client']")
npm install --no-audit --no-fund --loglevel=error --ignore-scripts "prom-client@$version" >>install.log 2>&1 || {
  tail -n 40 install.log >&2
  exit 1
}
cat >scrape.ts <<'END'
import { register } from 'prom-client';
import { watch } from 'rxvirt';
import { collectHosts } from 'rxvirt/prom-client';

const host = watch('test:///default', { name: 'packed' });
await host.connection();
collectHosts([host]);
const text = await register.metrics();
await host.close();
if (!text.includes('rxvirt_host_reconnects_total{host="packed"} 0')) throw new Error(text);
console.log('installed from the tarball, rxvirt/prom-client was scraped');
END
node "$clone/node_modules/typescript/bin/tsc" --strict --skipLibCheck --target es2022 --module nodenext \
  --typeRoots "$clone/node_modules/@types" --types node scrape.ts
timeout 60 node scrape.js
