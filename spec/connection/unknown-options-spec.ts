import { expect } from 'chai';
import { EMPTY, firstValueFrom, of, type Subscription } from 'rxjs';
import { connect, Connection, fromTimeout, RxEventImpl, setLogger, Domain } from '../../lib/index.js';
import { byDomain, settleStopped, waitForDomain } from '../../lib/operators/index.js';
import { rejection } from '../support/rejection.js';

/** Makes TypeScript accept a value that it would refuse, because JavaScript programs can pass it. */
const wrong = (value: unknown): never => value as never;

describe('options that are not known', () => {
  let connection: Connection;
  let domain: Domain;
  before(async () => {
    connection = await Connection.open('test:///default');
    domain = await connection.lookupDomainByName('test');
  });
  after(() => connection.close());

  /** Resolves with the error that `call` throws or rejects with. */
  const failure = async (call: () => unknown): Promise<unknown> => rejection(Promise.resolve().then(call));

  /** Each function that takes options. */
  const takers: Readonly<Record<string, (options: never) => unknown>> = {
    'Connection.open': async (options) => (await Connection.open('test:///default', options)).close(),
    connect: (options) => firstValueFrom(connect('test:///default', options)),
    domainEvents: (options) => connection.domainEvents('lifecycle', options),
    networkEvents: (options) => connection.networkEvents('lifecycle', options),
    storagePoolEvents: (options) => connection.storagePoolEvents('lifecycle', options),
    nodeDeviceEvents: (options) => connection.nodeDeviceEvents('lifecycle', options),
    secretEvents: (options) => connection.secretEvents('lifecycle', options),
    qemuMonitorEvents: (options) => connection.qemuMonitorEvents(options),
    events: (options) => connection.events(options),
    listDomains: (options) => connection.listDomains(options),
    listNodeDevices: (options) => connection.listNodeDevices(options),
    waitForDomain: (options) => waitForDomain(connection, domain, () => true, options),
    RxEventImpl: (options) => new RxEventImpl(options),
    fromTimeout: (options) => fromTimeout(1, options),
  };

  for (const [categories, what] of [
    [null, 'categories must be an array, got null'],
    ['domain', 'categories must be an array, got a value of type string'],
    [['domains'], /; got 'domains'$/],
    [[Object.create(null)], /; got a value of type object$/],
  ] as const) {
    it(`should be a TypeError of events() for categories: ${String(what)}`, async () => {
      const error = await failure(() => connection.events({ categories: wrong(categories) }));
      expect(error).to.be.instanceOf(TypeError);
      expect(error)
        .to.have.property('message')
        .that.match(typeof what === 'string' ? new RegExp(what) : what);
    });
  }

  it('should be a TypeError of domain.events() too, which takes onRegistered', async () => {
    const error = await failure(() => domain.events('lifecycle', wrong({ onregistered: () => undefined })));
    expect(error).to.be.instanceOf(TypeError);
    expect(error).to.have.property('message').that.includes('did you mean onRegistered?');
    let subscription: Subscription | undefined;
    await new Promise<void>((onRegistered) => {
      subscription = domain.events('lifecycle', { onRegistered }).subscribe();
    });
    subscription?.unsubscribe();
  });

  it('should not let a Connection or a Domain be made with new', async () => {
    for (const [make, how] of [
      [
        () => new (wrong(Connection) as new (uri: string) => unknown)('test:///default'),
        /Connection\.open\(\)/,
      ],
      [() => new (wrong(Domain) as new (name: string) => unknown)('test'), /lookupDomainByName\(\)/],
    ] as const) {
      const error = await failure(make);
      expect(error).to.be.instanceOf(TypeError);
      expect(error).to.have.property('message').that.matches(how);
    }
  });

  for (const [name, take] of Object.entries(takers)) {
    it(`should be a TypeError of ${name} that names them and the known ones`, async () => {
      for (const options of [{ colour: 'red' }, { colour: undefined }, Object.create({ colour: 'red' })]) {
        const error = await failure(() => take(wrong(options)));
        expect(error).to.be.instanceOf(TypeError);
        expect(error)
          .to.have.property('message')
          .that.matches(/^\S+ has no option 'colour'; it takes \w+(, \w+)*$/);
      }
    });

    it(`should be a TypeError of ${name} when they are not an object`, async () => {
      for (const [options, what] of [
        [null, 'null'],
        ['x', 'a value of type string'],
        [() => undefined, 'a value of type function'],
        [[], 'an array'],
      ] as const) {
        const error = await failure(() => take(wrong(options)));
        expect(error).to.be.instanceOf(TypeError);
        expect(error)
          .to.have.property('message')
          .that.matches(new RegExp(`^the options of \\S+ must be an object, got ${what}$`));
      }
    });

    it(`should let ${name} work with undefined and with no options`, async () => {
      await take(wrong(undefined));
      await take(wrong({}));
    });
  }

  for (const [what, call, message] of [
    [
      'readonly',
      () => Connection.open('test:///default', wrong({ readonly: true })),
      "Connection.open has no option 'readonly'; did you mean readOnly? it takes readOnly, keepAlive, callsAtOnce, auth, allow, timeout, signal",
    ],
    [
      'a Domain in place of the options',
      () => connection.domainEvents('lifecycle', wrong(domain)),
      "domainEvents has no option 'name'; to have the events of one object, pass it as { domain }; it takes domain, onRegistered",
    ],
    [
      'an event’s domain in place of the options',
      () => connection.domainEvents('lifecycle', wrong({ uuid: domain.uuid })),
      "domainEvents has no option 'uuid'; to have the events of one object, pass it as { domain }; it takes domain, onRegistered",
    ],
    [
      'storagePool',
      () => connection.storagePoolEvents('refresh', wrong({ storagePool: { uuid: '' } })),
      "storagePoolEvents has no option 'storagePool'; the option is called pool; it takes pool, onRegistered",
    ],
    [
      'another family’s filter',
      () => connection.networkEvents('lifecycle', wrong({ domain })),
      "networkEvents has no option 'domain'; it takes network, onRegistered",
    ],
    [
      'a misspelt part of keepAlive',
      () => Connection.open('test:///default', wrong({ keepAlive: { interval: 1, retries: 1 } })),
      "keepAlive has no option 'retries'; it takes interval, count",
    ],
  ] as const) {
    it(`should be explained: ${what}`, async () => {
      expect(await failure(call)).to.have.property('message', message);
    });
  }
});

describe('arguments of the wrong type or range', () => {
  let connection: Connection;
  before(async () => {
    connection = await Connection.open('test:///default');
  });
  after(() => connection.close());

  const uuid = '00000000-0000-4000-8000-000000000000';
  const cases: readonly (readonly [what: string, call: () => unknown, message: string])[] = [
    [
      'a signal',
      () => Connection.open('test:', { signal: wrong({}) }),
      'signal must be an AbortSignal, got a value of type object',
    ],
    [
      'onRegistered',
      () => connection.domainEvents('reboot', { onRegistered: wrong(1) }),
      'onRegistered must be a function, got a value of type number',
    ],
    [
      'onRegistered of all events',
      () => connection.events({ onRegistered: wrong({}) }),
      'onRegistered must be a function, got a value of type object',
    ],
    ['a domain', () => connection.domain(wrong(null)), 'a domain must have a uuid, a string'],
    [
      'the connection of waitForDomain',
      () => waitForDomain(wrong(undefined), { uuid }, () => true),
      'connection must be a Connection, got undefined',
    ],
    [
      'the domain of waitForDomain',
      () => waitForDomain(connection, wrong('test'), () => true),
      'domain must have a uuid, a string',
    ],
    [
      'no predicate',
      () => waitForDomain(connection, { uuid }, wrong(undefined)),
      'predicate must be a function, got undefined',
    ],
    [
      'options in place of the predicate',
      () => waitForDomain(connection, { uuid }, wrong({ timeout: 1 })),
      'predicate must be a function, got a value of type object',
    ],
    [
      'the timeout of waitForDomain',
      () => waitForDomain(connection, { uuid }, () => true, { timeout: wrong('1') }),
      'timeout must be a number of milliseconds, got a value of type string',
    ],
    [
      'the signal of waitForDomain',
      () => waitForDomain(connection, { uuid }, () => true, { signal: wrong(1) }),
      'signal must be an AbortSignal, got a value of type number',
    ],
    [
      'the scheduler of waitForDomain',
      () => waitForDomain(connection, { uuid }, () => true, { scheduler: wrong({ schedule: 1 }) }),
      'scheduler must be a scheduler, got a value of type object',
    ],
    [
      'the time of settleStopped',
      () => settleStopped(wrong('x')),
      'ms must be a number of milliseconds, got a value of type string',
    ],
    [
      'the scheduler of settleStopped',
      () => settleStopped(1, wrong('x')),
      'scheduler must be a scheduler, got a value of type string',
    ],
    ['the handler of byDomain', () => byDomain(wrong(undefined)), 'handle must be a function, got undefined'],
    [
      'an event without a domain for byDomain',
      () => firstValueFrom(of({ category: 'network' }).pipe(wrong(byDomain(() => EMPTY)))),
      'the domain of an event must have a uuid, a string',
    ],
    [
      'the scheduler of fromTimeout',
      () => fromTimeout(1, { scheduler: wrong(1) }),
      'scheduler must be a scheduler, got a value of type number',
    ],
    [
      'the turns of RxEventImpl',
      () => new RxEventImpl({ turns: wrong({}) }),
      'turns must be an Observable, got a value of type object',
    ],
    [
      'fromFd of RxEventImpl',
      () => new RxEventImpl({ fromFd: wrong(5) }),
      'fromFd must be a function, got a value of type number',
    ],
    [
      'the logger of RxEventImpl',
      () => new RxEventImpl({ logger: wrong({ error: () => undefined }) }),
      'a logger must have the methods error, warn, info and debug; there is no warn, no info, no debug',
    ],
    [
      'a logger that is none',
      () => setLogger(wrong(undefined)),
      'a logger must have the methods error, warn, info and debug; there is no error, no warn, no info, no debug',
    ],
  ];

  for (const [what, call, message] of cases) {
    it(`should be refused with TypeError and rxvirt's own message: ${what}`, async () => {
      const error = await rejection(Promise.resolve().then(call));
      expect(error).to.be.instanceOf(TypeError);
      expect(error).to.have.property('message', message);
    });
  }

  it('should be refused with RangeError when the time is too long for a timer', async () => {
    for (const ms of [-1, NaN, Infinity, 2 ** 31]) {
      expect(() => settleStopped(ms)).to.throw(RangeError, 'ms must be from 0 to 2147483647 milliseconds');
      const waiting = waitForDomain(connection, { uuid }, () => true, { timeout: ms });
      expect(await rejection(waiting)).to.be.instanceOf(RangeError);
    }
  });
});
