/** Commands of the guides that tests/docs/commands.test.ts does not run itself. */
export interface Elsewhere {
  command: RegExp;
  /** A file that CI runs, and what stands in it. */
  runBy?: { file: string; says: string };
  /** Why nobody runs it. */
  because?: string;
}

const ci = (says: string) => ({ file: '.ci/run', says });

export const elsewhere: Elsewhere[] = [
  { command: /^npm ci && npm test$/, runBy: ci("step 'npm test' npm test") },
  { command: /^npm ci( --omit=dev)?$/, runBy: ci("step 'npm ci' npm ci") },
  { command: /^npm test( -- tests\/[a-z/-]+)?$/, runBy: ci("step 'npm test' npm test") },
  { command: /^npm run check$/, runBy: ci('npm run --silent check') },
  { command: /^npm ci && npm run demo$/, runBy: ci('npm run --silent demo -- --once --quiet --fresh') },
  {
    command: /^npm run demo( -- --(once|fresh))?$/,
    runBy: ci('npm run --silent demo -- --once --quiet --fresh'),
  },
  { command: /^\.ci\/run$/, because: 'it is what CI runs' },
  { command: /^npm run rooms$/, runBy: { file: 'tests/rules/floors.test.ts', says: 'redraw(guide)' } },
  {
    command: /^npm run --silent sbom /,
    runBy: { file: 'tests/dependencies/review.test.ts', says: 'makeSbom(root.pathname)' },
  },
  { command: /^npm run packages( -- --since main)?$/, runBy: ci('npm run --silent packages') },
  {
    command: /^npm run hub -- sso (validate|check|links|unlink)( \w+)*$/,
    because:
      'it needs a file of providers and a provider that answers; tests/hub/command-line/sso.test.ts runs it with both',
  },
  {
    command: /^npm run screenshots$/,
    runBy: { file: 'tests/screenshots/take-screenshots.test.ts', says: 'takeScreenshots(' },
  },
  {
    command: /^npm run new-adapter parish-web$/,
    runBy: { file: 'tests/adapters/new-adapter/new-adapter.test.ts', says: 'new-adapter' },
  },
  {
    command: /^npm run conformance -- parish-web$/,
    runBy: { file: 'tests/adapters/new-adapter/new-adapter.test.ts', says: 'conformance' },
  },
  {
    command: /^npm run test:fuzz$/,
    runBy: { file: 'tests/fuzz/fuzz.test.ts', says: 'fuzz' },
  },
  {
    command: /^npm run test:faults -- --quick$/,
    because:
      'it takes many minutes and the machine to itself; its tables are tried by tests/faults/table.test.ts',
  },
  {
    command: /^npm run test:products -- --only /,
    because: 'it installs real products, whose source is fetched by hand; docs/products.md tells what it saw',
  },
  {
    command: /^npm run bench( -- --(isolation|agent|agencies 5000|(desk|access-log) [\d,]+))?$/,
    because: 'it measures, for minutes, on a machine that does nothing else',
  },
  {
    command: /^docker compose /,
    because: 'no daemon in CI; tests/deployment.test.ts holds compose.yaml and Dockerfile to what they name',
  },
  {
    command: /^(useradd|install|systemctl|sudo chown) /,
    because: "it changes the machine's accounts and services; tests/docs/unit.test.ts reads the unit",
  },
  {
    command: /^(pg_dump|pg_restore) /,
    because: 'CI has no client as new as the embedded server',
  },
  { command: /^rsync -a /, because: 'it copies folders of a production that is not there' },
];
