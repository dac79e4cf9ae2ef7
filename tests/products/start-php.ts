import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { findFreePort } from '../bench/free-port.ts';
import { spawnTied } from '../support/processes/tied-process.ts';
import { waitFor } from '../support/wait-for.ts';

export interface PhpServer {
  url: string;
  /** What PHP complained of: warnings, notices and fatal errors. */
  complaints(): string[];
  stop(): Promise<void>;
}

const usual = [
  'display_errors=0',
  'log_errors=1',
  'upload_max_filesize=20M',
  'post_max_size=24M',
  'opcache.revalidate_freq=0',
];

/** Serves a folder of PHP programs on a free port of this machine, with PHP's own server. `settings`: as in php.ini. */
export async function startPhp(
  root: string,
  log: string,
  { router, settings = [] }: { router?: string; settings?: string[] } = {},
): Promise<PhpServer> {
  const port = await findFreePort();
  const output = openSync(log, 'a');
  const flags = [...usual, ...settings].flatMap((setting) => ['-d', setting]);
  const args = [...flags, '-S', `127.0.0.1:${port}`, '-t', root, ...(router ? [router] : [])];
  const child = spawnTied('php', args, { cwd: root, stdio: ['ignore', output, output] });
  closeSync(output);
  const exited = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await waitFor('php to listen', async () => {
    if (child.exitCode !== null) throw new Error(`php ended: ${readFileSync(log, 'utf8').slice(-500)}`);
    return fetch(url, { redirect: 'manual' }).then(
      (response) => response.arrayBuffer().then(() => true),
      () => false,
    );
  });
  return {
    url,
    complaints: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => /PHP (Warning|Notice|Fatal|Parse|Deprecated)/.test(line)),
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
