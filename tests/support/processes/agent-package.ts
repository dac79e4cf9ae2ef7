import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildAgentPackage } from '../../../adapters/agent/packaging/package.ts';

/**
 * Unpacks the agent as an agency does, into a new folder that the caller removes. No folder above has node_modules. So
 * everything that the agent needs is either inside or missing.
 */
export async function unpackAgent(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-agent-unpacked-'));
  const { path } = await buildAgentPackage(folder);
  await promisify(execFile)('tar', ['-xzf', path, '-C', folder, '--strip-components=1']);
  return folder;
}
