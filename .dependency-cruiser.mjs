/**
 * The rules of imports. `npm run check` checks them.
 *
 * A floor lists rooms. A room is a file, or a folder with everything below it. The lowest floor stands first. A file may
 * import from its own room and from lower floors. It may not import from a higher floor, or from another room of its own
 * floor.
 */
export const floors = [
  ['schemas'],
  ['adapters/contract.ts', 'hub/words', 'hub/clock', 'hub/templates'],
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
    'adapters/clients',
  ],
  ['adapters/packages.ts'],
  ['adapters/admission.ts'],
  ['adapters/kinds.ts'],
  ['adapters/registry.ts', 'adapters/agent'],
  ['hub/settings.ts'],
  ['hub/observe'],
  ['hub/store'],
  ['hub/queue', 'hub/access', 'hub/complaints'],
  ['hub/complaints/reading', 'hub/complaints/reviews', 'hub/complaints/held'],
  ['hub/personal'],
  ['hub/configuration'],
  ['hub/attachments', 'hub/notify', 'hub/paper', 'hub/desk'],
  ['hub/insight', 'hub/retention', 'hub/evidence'],
  ['hub/exchange/parts'],
  ['hub/exchange/boards', 'hub/exchange/feed', 'hub/exchange/ledger'],
  ['hub/exchange/endpoints'],
  ['hub/exchange/intake', 'hub/exchange/delivery', 'hub/exchange/files', 'hub/exchange/shape'],
  ['hub/exchange/parked', 'hub/exchange/agents', 'hub/exchange/reconcile', 'hub/exchange/rehearsal'],
  ['hub/exchange/replay', 'hub/exchange/remap'],
  ['hub/exchange/workbench'],
  ['hub/exchange', 'hub/alerts'],
  ['hub/engineer'],
  ['hub/http'],
  ['hub/web', 'hub/doors/gate', 'hub/doors/calls'],
  ['hub/console/visit', 'hub/doors/json', 'hub/doors/self-test', 'hub/doors/soap'],
  [
    'hub/console/complaints',
    'hub/console/agencies',
    'hub/console/catalogue',
    'hub/console/repairs',
    'hub/console/workbench',
    'hub/console/oversight',
    'hub/console/people',
    'hub/console/rules',
    'hub/console/rehearsal',
    'hub/console/configuration',
    'hub/console/engineer',
    'hub/console/insight',
    'hub/doors/rest',
    'hub/doors/posts',
    'hub/doors/agent',
  ],
  ['hub/console/desk'],
  ['hub/console', 'hub/doors'],
  ['hub/record-duties.ts'],
  ['hub/open-worker.ts'],
  ['hub/app.ts'],
  ['hub/command-line'],
  ['hub/main.ts'],
];

const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });
const asPattern = (text) => text.replaceAll('.', '\\.');
const below = (room) => (room.endsWith('.ts') ? `^${asPattern(room)}$` : `^${room}/`);
const rooms = floors.flat();
/** The files of a room, without those of another room inside it. */
const filesOf = (room) => ({
  path: below(room),
  pathNot: rooms.filter((other) => other.startsWith(`${room}/`)).map(below),
});

/** True if the room is inside one of the others. Such a room may be on a lower floor than the room around it. */
const isInside = (room, others) => others.some((other) => room.startsWith(`${other}/`));

/** One rule per room. It forbids imports from the other rooms of its floor and from all higher floors. */
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
    rule(
      'clients-know-nobody',
      { path: '^adapters/clients/' },
      { path: '^(hub|schemas|tests|adapters)/', pathNot: '^adapters/clients/' },
      'a client is copied or installed alone',
    ),
    rule(
      'nobody-knows-clients',
      { path: '^(hub|schemas|adapters)/', pathNot: '^adapters/clients/' },
      { path: '^adapters/clients/' },
    ),
    rule('hub-knows-no-tests', { path: '^(hub|schemas)/' }, { path: '^tests/' }),
    rule(
      'adapters-through-registry',
      { path: '^hub/' },
      // The hub may import these files too. The listed files of the kit are pure: the SOAP door reads the same charsets
      // as the adapters and the same MTOM, people correct JSON as it was read, and alerts are signed like webhooks, and
      // the workbench explains expressions by the parser that runs them. relay/ holds what hub
      // and agent both do with a board. The hub serves the package of agent/packaging.
      {
        path: '^adapters/',
        pathNot:
          '^adapters/(registry|contract|agent/packaging/package|kit/text/(charset|json|soap-xml)|kit/http/(webhook-signature|multipart-related|xop)|kit/mapping/explain|relay/[a-z-]+)\\.ts$',
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
