import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What npm says that is known against a package. */
export interface Advisory {
  name: string;
  severity: 'info' | 'low' | 'moderate' | 'high' | 'critical';
  range: string;
}

const run = promisify(execFile);

/**
 * Asks the registry what is known against the packages of the lock (`npm audit`).
 * @returns undefined where the registry has no such service, as a mirror inside an agency's network.
 */
export async function findAdvisories(folder: string): Promise<Advisory[] | undefined> {
  // Exit code 1 says that there are some.
  const reply = await run('npm', ['audit', '--json', '--audit=true', '--package-lock-only'], {
    cwd: folder,
    timeout: 120_000,
    maxBuffer: 64 * 1024 * 1024,
  }).then(
    ({ stdout }) => stdout,
    (error: { stdout?: string }) => error.stdout ?? '',
  );
  return readAdvisories(reply);
}

/** Reads the reply of `npm audit --json` (auditReportVersion 2). */
export function readAdvisories(reply: string): Advisory[] | undefined {
  if (!reply.trimStart().startsWith('{')) return undefined;
  const report = JSON.parse(reply) as { vulnerabilities?: Record<string, Advisory> };
  if (report.vulnerabilities === undefined) return undefined;
  return Object.values(report.vulnerabilities).map(({ name, severity, range }) => ({
    name,
    severity,
    range,
  }));
}
