import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Seconds. Another installation on this machine may hold the lock. */
const lockWithin = 600;
const installWithin = 900_000;

/** Installs the Debian packages that are missing. Only an administrator may. `debconf`: answers to their questions. */
export async function installPackages(names: string[], debconf: string[] = []): Promise<void> {
  const missing: string[] = [];
  for (const name of names) if (!(await isInstalled(name))) missing.push(name);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) throw new Error(`not installed: ${missing.join(', ')}`);
  if (debconf.length > 0) {
    const answering = run('debconf-set-selections', []);
    answering.child.stdin?.end(`${debconf.join('\n')}\n`);
    await answering;
  }
  const args = ['-o', `DPkg::Lock::Timeout=${lockWithin}`, '-y', '-q', '--no-install-recommends'];
  await run('apt-get', [...args, 'install', ...missing], {
    timeout: installWithin,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

async function isInstalled(name: string): Promise<boolean> {
  try {
    const { stdout } = await run('dpkg-query', ['-s', name]);
    return /^Status: install ok installed$/m.test(stdout);
  } catch {
    return false;
  }
}
