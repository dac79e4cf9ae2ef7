import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildAgentPackage } from '../../../adapters/agent/packaging/package.ts';

/**
 * The agent as an agency unpacks it, in a new folder that its caller removes. No node_modules lies above it, so that
 * whatever it needs is inside or missing.
 */
export async function unpackAgent(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-agent-unpacked-'));
  const { path } = await buildAgentPackage(folder);
  await promisify(execFile)('tar', ['-xzf', path, '-C', folder, '--strip-components=1']);
  return folder;
}
