import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Agency } from '../../../schemas/index.ts';
import { createAgentToken } from '../../access/keys/agent-keys.ts';
import { toAgentSheet } from '../../access/sheets/agent-sheet.ts';
import { isBehindAgent } from '../../exchange/boards/boards.ts';
import { toKnownUrl } from '../../http/base-url.ts';
import { sendAgentPackage } from '../../http/send-agent-package.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';

/** The agent beside an agency's board: a token for it, the one command to run, and its installation package. */
export const agentPages: Pages = (app, deps) => {
  app.post('/agencies/:code/agent-token', async (request, reply) => {
    const user = request.demand('manage_users');
    const agency = deps.directory.findAgency((request.params as { code: string }).code);
    if (!agency || !isBehindAgent(agency)) throw new PageError('not_found');
    return showAgentSheet(deps, request, reply, agency, user);
  });

  app.get('/agent-package', async (request, reply) => {
    request.demand('manage_users');
    return sendAgentPackage(reply, deps.findPackage);
  });
};

/** Makes an enrolment token and shows it, this once, in the command that uses it. */
export async function showAgentSheet(
  { store, settings, findPackage, log }: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  agency: Agency,
  user: { id: string; login: string },
): Promise<FastifyReply> {
  const baseUrl = toKnownUrl(settings.PUBLIC_URL, request);
  const { token, expiresAt } = await createAgentToken(store, agency.code, user.login, 'console');
  log.info({ user: user.id, agency: agency.code }, 'enrolment token for an agent created');
  // Building the package starts now: it takes a moment, and the command will soon need it.
  findPackage.known();
  const sheet = toAgentSheet({ agency, baseUrl, token, expiresAt });
  return reply.page('connection-sheet', { agency, sheet });
}
