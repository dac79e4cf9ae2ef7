/**
 * Who may know whom. Checked by `npm run check`.
 *
 * A floor lists rooms (folders with all that is below them, or files). A file imports from its own room and from the floors
 * below it: never upwards, and never from a neighbour on the same floor.
 */
export const floors = [
  ['schemas'],
  ['adapters/contract.ts', 'hub/words', 'hub/clock'],
  ['adapters/kit/text', 'adapters/kit/outcome', 'adapters/relay'],
  ['adapters/kit/http', 'adapters/kit/expressions'],
  ['adapters/kit/mapping'],
  ['adapters/kit/reading'],
  ['adapters/kit/mapped'],
  ['adapters/kit'],
  ['adapters/conformance'],
  [
    'adapters/rest',
    'adapters/soap',
    'adapters/sql',
    'adapters/mail',
    'adapters/open311',
    'adapters/webhook',
    'adapters/template',
    'adapters/examples',
  ],
  ['adapters/packages.ts'],
  ['adapters/kinds.ts'],
  ['adapters/registry.ts', 'adapters/agent'],
  ['hub/settings.ts'],
  ['hub/observe'],
  ['hub/store'],
  ['hub/queue', 'hub/access', 'hub/complaints'],
  ['hub/complaints/reading'],
  ['hub/configuration'],
  ['hub/attachments', 'hub/notify'],
  ['hub/exchange/boards', 'hub/exchange/feed', 'hub/exchange/ledger'],
  ['hub/exchange/intake', 'hub/exchange/delivery', 'hub/exchange/files', 'hub/exchange/shape'],
  ['hub/exchange/parked', 'hub/exchange/agents', 'hub/exchange/reconcile'],
  ['hub/exchange/replay', 'hub/exchange/remap'],
  ['hub/exchange', 'hub/alerts'],
  ['hub/http'],
  ['hub/web', 'hub/doors/gate', 'hub/doors/calls'],
  ['hub/console/visit', 'hub/doors/json', 'hub/doors/self-test', 'hub/doors/soap'],
  [
    'hub/console/complaints',
    'hub/console/agencies',
    'hub/console/repairs',
    'hub/console/oversight',
    'hub/console/people',
    'hub/doors/rest',
    'hub/doors/agent',
  ],
  ['hub/console', 'hub/doors'],
  ['hub/app.ts'],
  ['hub/command-line'],
  ['hub/main.ts'],
];

const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });
const asPattern = (text) => text.replaceAll('.', '\\.');
const below = (room) => (room.endsWith('.ts') ? `^${asPattern(room)}$` : `^${room}/`);
const rooms = floors.flat();
/** Files of a room are not those of a room inside it. */
const filesOf = (room) => ({
  path: below(room),
  pathNot: rooms.filter((other) => other.startsWith(`${room}/`)).map(below),
});

/** A room that stands inside another which lies higher or beside it is still below. */
const isInside = (room, others) => others.some((other) => room.startsWith(`${other}/`));

/** What a room may not import: every other room of its own floor, and those above. */
const rulesOfFloors = floors.flatMap((floor, n) => {
  const higher = floors.slice(n).flat();
  const known = floors.slice(0, n).flat();
  return floor
    .map((room) => ({ room, unknown: higher.filter((other) => other !== room) }))
    .filter(({ unknown }) => unknown.length > 0)
    .map(({ room, unknown }) =>
      rule(
        `${room} looks down`,
        filesOf(room),
        {
          path: unknown.map(below),
          pathNot: [...known, room].filter((one) => isInside(one, unknown)).map(below),
        },
        'nobody imports upwards, or from a neighbour',
      ),
    );
});

export default {
  forbidden: [
    rule('no-circular', {}, { circular: true }, 'a cycle means that two files are one idea'),
    ...rulesOfFloors,
    rule('adapters-know-schemas', { path: '^adapters/' }, { path: '^(hub|tests)/' }),
    rule('hub-knows-no-tests', { path: '^(hub|schemas)/' }, { path: '^tests/' }),
    rule(
      'adapters-through-registry',
      { path: '^hub/' },
      // These of the kit are pure: the SOAP door reads the same charsets as the adapters, people correct JSON as it was read, alerts are signed like webhooks.
      // relay/ is what hub and agent both do to a board; agent/packaging is what the hub serves.
      {
        path: '^adapters/',
        pathNot:
          '^adapters/(registry|contract|agent/packaging/package|kit/text/(charset|json|soap-xml)|kit/http/webhook-signature|relay/[a-z-]+)\\.ts$',
      },
      'an adapter is reached by the registry only, so that adding one touches one line',
    ),
    rule(
      'only-exchange-calls-adapters',
      { path: '^hub/', pathNot: '^hub/(exchange|configuration|app\\.ts)' },
      { path: '^adapters/registry\\.ts$' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
};
