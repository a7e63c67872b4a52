// Who may import whom: {index, prom-client} → {hosts, operators} → connection → {domain, objects} → streams → {calls, events} → native. See docs/architecture.md.
'use strict';

/** Files of ours that every layer may use. */
const common = [
  '^lib/errors\\.ts$',
  '^lib/errors/',
  '^lib/logging\\.ts$',
  '^lib/async-context\\.ts$',
  '^lib/arguments\\.ts$',
  '^lib/connection-state\\.ts$',
];

const pureTables = '(-types|-table|^lib/events/(fields|row))\\.ts$';

/** A layer may import itself, the layers named, and what is common to all. */
const layer = (name, from, allowed) => ({
  name: `${name}-layer`,
  comment:
    `${name} may import only: itself, ${[...allowed, 'errors', 'logging', 'async-context'].join(', ')}. ` +
    'Move what is needed down a layer, or hand it in as a parameter.',
  severity: 'error',
  from: { path: from },
  to: { path: '^lib/', pathNot: [from, ...allowed.map((to) => `^lib/${to}(/|\\.ts$)`), ...common] },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two files that import each other belong together: join them, or move what they share into a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'The imported file does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.node$' }, // the addon is built later
    },
    {
      name: 'lib-stays-alone',
      comment: 'The library must not import its programs, specs, benchmarks and scripts.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(spec|bin|bench|examples|scripts)/' },
    },
    {
      name: 'only-index-from-outside',
      comment:
        'Programs import only what users can import: lib/index.ts, lib/operators/index.ts and lib/prom-client/index.ts.',
      severity: 'error',
      from: { path: '^(bin|examples)/' },
      to: { path: '^lib/', pathNot: '^lib/((operators|prom-client)/)?index\\.ts$' },
    },
    {
      name: 'nothing-imports-index',
      comment: 'lib/index.ts is for users. Inside the library, import the file that exports the name.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^lib/((operators|prom-client)/)?index\\.ts$' },
    },
    {
      name: 'only-native-loads-the-addon',
      comment:
        'lib/native.ts alone loads the .node file and declares what is in it; logging loads winston late.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/(native|logging)\\.ts$' },
      to: { path: '\\.node$|^(node:)?module$' },
    },
    {
      name: 'pure-tables',
      comment:
        'Tables and types, and what rows of the event table are made of, are pure: they import only each other.',
      severity: 'error',
      from: { path: pureTables },
      to: { path: '^lib/', pathNot: pureTables },
    },
    {
      name: 'runtime-dependencies-only',
      comment: 'The library is installed without its development modules; add it to dependencies.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: ['/rxjs/', '/@types/', '/prom-client/'] },
    },
    {
      name: 'prom-client-is-optional',
      comment: 'Only who imports rxvirt/prom-client needs prom-client, so nothing else imports either.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/prom-client/' },
      to: { path: ['node_modules/prom-client/', '^lib/prom-client/'] },
    },
    layer('native', '^lib/native(\\.ts$|/)', ['events/event-object-types']),
    layer('errors', '^lib/errors(\\.ts$|/)', ['native']),
    layer('logging', '^lib/logging\\.ts$', ['native']),
    layer('async-context', '^lib/async-context\\.ts$', []),
    layer('arguments', '^lib/arguments\\.ts$', []),
    layer('loop', '^lib/loop/', ['native']),
    layer('events', '^lib/events/', ['native']),
    layer('calls', '^lib/calls/', ['native']),
    layer('streams', '^lib/streams/', ['calls', 'native']),
    layer('domain', '^lib/domain/', ['calls', 'events', 'native', 'streams']),
    layer('objects', '^lib/objects/', ['calls', 'events', 'native', 'streams']),
    layer('hosts', '^lib/hosts/', ['calls', 'connection', 'domain', 'events', 'loop', 'native', 'objects']),
    layer('prom-client', '^lib/prom-client/', ['hosts', 'loop']),
    layer('operators', '^lib/operators/', ['connection', 'domain', 'events', 'loop']),
    layer('connection', '^lib/connection/', ['calls', 'domain', 'events', 'loop', 'native', 'objects']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
