import { type Command, InvalidArgumentError, Option } from 'commander';
import { readSettings, type Settings } from '../settings.ts';

interface ServeOptions {
  roles?: Settings['ROLES'];
  port?: number;
  host?: string;
}

const endedBySignal = 130;

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('Run the hub until SIGINT or SIGTERM; a second signal ends it at once.')
    .addOption(
      new Option('--roles <roles>', 'what this process does (ROLES)').choices([
        'api',
        'worker',
        'api,worker',
        'worker,api',
      ]),
    )
    .addOption(new Option('--port <port>', 'port to listen on, 0 for a free one (PORT)').argParser(toPort))
    .option('--host <host>', 'address to listen on (HOST)')
    .addHelpText(
      'after',
      `
Examples:
  $ hub serve --port 8080 --host 0.0.0.0
  $ DATABASE_URL=postgres://… REDIS_URL=redis://… hub serve --roles worker`,
    )
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  const settings: Settings = { ...readSettings() };
  if (options.roles) settings.ROLES = options.roles;
  if (options.port !== undefined) settings.PORT = options.port;
  if (options.host) settings.HOST = options.host;
  const { signal, asked } = waitForSignal();
  // Only this command needs the whole hub.
  const { startHub } = await import('../app.ts');
  const hub = await startHub(settings, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  // A signal stopped it while it waited for its database.
  if (!hub) return;
  const where = hub.url ? `listening on ${hub.url}` : 'running';
  console.error(`minwon-hub is ${where} (roles: ${settings.ROLES}); Ctrl-C stops it`);
  await asked;
  console.error('minwon-hub is stopping');
  await hub.stop();
}

/** The first signal resolves. The next one ends the process. */
function waitForSignal(): { signal: AbortSignal; asked: Promise<void> } {
  const stopping = new AbortController();
  const asked = new Promise<void>((resolve) => {
    const ask = () => {
      if (stopping.signal.aborted) process.exit(endedBySignal);
      stopping.abort();
      resolve();
    };
    process.on('SIGINT', ask).on('SIGTERM', ask);
  });
  return { signal: stopping.signal, asked };
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return port;
}
