/** Who may know whom (see the house in hub/README.md). Checked by `npm run check`. */
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

export default {
  forbidden: [
    rule('no-circular', {}, { circular: true }, 'a cycle means that two files are one idea'),
    rule('schemas-know-nobody', { path: '^schemas/' }, { path: '^(hub|adapters|tests)/' }),
    rule('adapters-know-schemas', { path: '^adapters/' }, { path: '^(hub|tests)/' }),
    rule('hub-knows-no-tests', { path: '^hub/' }, { path: '^tests/' }),
    rule(
      'adapters-through-registry',
      { path: '^hub/' },
      // These of the kit are pure: the SOAP door reads the same charsets as the adapters, people correct JSON as it was read, alerts are signed like webhooks.
      // relay/ is what hub and agent both do to a board; agent/package is what the hub serves.
      {
        path: '^adapters/',
        pathNot:
          '^adapters/(registry|contract|agent/package|kit/(charset|json|soap-xml|webhook-signature)|relay/[a-z-]+)\\.ts$',
      },
      'an adapter is reached by the registry only, so that adding one touches one line',
    ),
    rule(
      'only-exchange-calls-adapters',
      { path: '^hub/', pathNot: '^hub/(exchange|configuration|app\\.ts)' },
      { path: '^adapters/registry\\.ts$' },
    ),
    rule('notify-never-calls-exchange', { path: '^hub/notify/' }, { path: '^hub/exchange/' }),
    rule(
      'alerts-watch-from-above',
      { path: '^hub/(exchange|notify|board|store|queue|configuration|doors)/' },
      { path: '^hub/alerts/' },
      'alerts read what the others leave in tables; nobody reports to them',
    ),
    rule(
      'clock-is-pure',
      { path: '^hub/clock/' },
      { path: '^hub/(store|queue|exchange|notify|alerts|doors|console)/' },
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
