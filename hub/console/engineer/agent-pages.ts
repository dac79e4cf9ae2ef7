import { logLevels } from '../../../schemas/index.ts';
import { EngineerError } from '../../engineer/engineer-error.ts';
import { readAgent } from '../../exchange/agents/read-agent.ts';
import { isBehindAgent } from '../../exchange/boards/boards.ts';
import { toDescribedUrl } from '../../http/base-url.ts';
import { sendAgentPackage } from '../../http/send-agent-package.ts';
import { PageError } from '../../web/page-error.ts';
import type { Pages } from '../visit/console-context.ts';
import { orNotFound, toOwnAgency } from './own-agency.ts';

/** Lines that a page asks for: the choice of those who want more is the API's. */
const mostLines = 200;

const seconds = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: 'Asia/Seoul',
});
/** In a log, minutes are too coarse, and both languages write it alike. */
const toSeconds = (at: Date | null): string | null => at && seconds.format(at);

/** The agency's agent: how it is, its log, its newest version. */
export const agentPages: Pages = (app, deps) => {
  const { store, settings, engineer, findPackage } = deps;

  app.get('/engineer/agent', async (request, reply) => {
    const { agency, configured } = toOwnAgency(deps, request);
    if (!isBehindAgent(configured)) return reply.page('engineer-agent', { agent: null, agency });
    const [agent, logs] = await Promise.all([readAgent(store, agency), engineer.agentLogs.read(agency)]);
    const newest = findPackage.known()?.version ?? null;
    return reply.page('engineer-agent', {
      agent,
      agency,
      newest,
      isOld: newest !== null && agent.version !== null && newest !== agent.version,
      baseUrl: toDescribedUrl(settings.PUBLIC_URL, request),
      // The newest line is what people look for.
      logs: {
        ...logs,
        lines: logs.lines.map((line) => ({ ...line, seen: toSeconds(line.at) })).toReversed(),
      },
      level: logs.asked?.level ?? 'info',
      levels: logLevels,
    });
  });

  app.post('/engineer/agent/logs', async (request, reply) => {
    const { actor, agency } = toOwnAgency(deps, request);
    const { level: named } = request.typed();
    const level = logLevels.find((one) => one === named) ?? 'info';
    try {
      await orNotFound(
        engineer.change(actor, { action: 'agent_logs', subject: `log ${level}` }, (client) =>
          engineer.agentLogs.ask(client, actor, { level, most: mostLines }),
        ),
      );
    } catch (error) {
      if (!(error instanceof EngineerError)) throw error;
      return reply.redirect('/engineer/agent?done=agent_logs_refused', 303);
    }
    engineer.agentLogs.wake(agency);
    return reply.redirect('/engineer/agent?done=agent_logs_asked', 303);
  });

  app.get('/engineer/agent/package', async (request, reply) => {
    const { configured } = toOwnAgency(deps, request);
    if (!isBehindAgent(configured)) throw new PageError('not_found');
    return sendAgentPackage(reply, findPackage);
  });
};
