import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Whether this machine has PHP with curl. Errors: where CI must have it, and it is not there. */
export async function hasPhp(): Promise<boolean> {
  const probe = 'exit(extension_loaded("curl") ? 0 : 1);';
  const isThere = await promisify(execFile)('php', ['-r', probe]).then(
    () => true,
    () => false,
  );
  if (!isThere && process.env.REQUIRE_SERVICES === '1')
    throw new Error('the PHP client was not tested: there is no php with curl');
  if (!isThere) console.warn('SKIPPED the PHP client: there is no php with curl on this machine');
  return isThere;
}
