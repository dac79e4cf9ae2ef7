import { createReadStream } from 'node:fs';
import type { FastifyReply } from 'fastify';
import type { FindAgentPackage } from '../exchange/agents/agent-packages.ts';
import { Refusal } from './problem.ts';

/** The name of the downloaded file. */
export const toFileName = (version: string) => `minwon-hub-agent-${version}.tgz`;

/** Errors: Refusal `unavailable` if the package cannot be built. */
export async function sendAgentPackage(
  reply: FastifyReply,
  findPackage: FindAgentPackage,
): Promise<FastifyReply> {
  const { path, version, sha256 } = await findPackage().catch((error: unknown) => {
    throw new Refusal('unavailable', `the installation package cannot be made: ${messageOf(error)}`);
  });
  return reply
    .header('content-disposition', `attachment; filename="${toFileName(version)}"`)
    .header('repr-digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .type('application/gzip')
    .send(createReadStream(path));
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
