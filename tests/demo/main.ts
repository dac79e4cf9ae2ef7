/** Command line of the demo: `npm run demo -- --help`. */
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { DemoError, openJournal, startAnew } from './journal.ts';

interface Options {
  once: boolean;
  fresh: boolean;
  quiet: boolean;
  data?: string;
  within: number;
}

const usualFolder = 'data/demo';
/** A subfolder of the usual folder. It keeps the data of --once apart from what a person does. */
const onceFolder = 'once';
const endedBySignal = 130;

const command = new Command('npm run demo --')
  .description('Show the hub at work with four sample agencies on this machine. Needs nothing else.')
  .option('--once', 'play ninety complaints without a person, check that all arrived, and end', false)
  .option('--fresh', 'throw the data of earlier runs away first', false)
  .option('--quiet', 'with --once: print the result only', false)
  .option(
    '--data <folder>',
    `folder of the data (default: ${usualFolder}, with --once ${usualFolder}/${onceFolder})`,
  )
  .option('--within <seconds>', 'with --once: give up after this time', toSeconds, 120)
  .addHelpText(
    'after',
    '\nREDIS_URL, when it is set, names a Redis for the queues. Other settings of the hub are not read.',
  );

try {
  process.exitCode = await run(command.parse().opts<Options>());
} catch (error) {
  if (!(error instanceof DemoError)) throw error;
  console.error(`demo: ${error.message}`);
  process.exitCode = 1;
}

async function run(options: Options): Promise<number> {
  const stop = stopBySignal();
  const folder = resolve(options.data ?? (options.once ? join(usualFolder, onceFolder) : usualFolder));
  // Loaded only here, because --help does not need it.
  const { startDemo, stopLeftServer } = await import('./start.ts');
  if (options.fresh) await startAnew(folder, () => stopLeftServer(folder), onceFolder);
  const journal = openJournal(folder);
  if (!options.quiet) console.log('Starting boards, database and hub …');
  const demo = await startDemo({ folder, usual: !options.once, servers: options.once });
  try {
    if (options.once) {
      const { playOnce } = await import('./once.ts');
      const passed = await playOnce(demo, journal, options, stop);
      return stop.aborted ? endedBySignal : passed ? 0 : 1;
    }
    const { describeDemo, seed } = await import('./live.ts');
    console.log(describeDemo(demo, folder));
    await seed(demo, journal, stop);
    if (!stop.aborted) await once(stop, 'abort');
    console.log('Stopping …');
    return 0;
  } finally {
    await demo.stop();
    journal.end();
  }
}

/**
 * The first signal asks the demo to stop. npm also forwards Ctrl-C, so a second signal counts only if it comes later.
 */
function stopBySignal(): AbortSignal {
  const samePress = 1_000;
  const stopping = new AbortController();
  let asked = 0;
  const ask = () => {
    if (stopping.signal.aborted && performance.now() - asked > samePress) process.exit(endedBySignal);
    if (!stopping.signal.aborted) asked = performance.now();
    stopping.abort();
  };
  process.on('SIGINT', ask).on('SIGTERM', ask);
  return stopping.signal;
}

function toSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0)) throw new InvalidArgumentError('It must be a number of seconds.');
  return seconds;
}
