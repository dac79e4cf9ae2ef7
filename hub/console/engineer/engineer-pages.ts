import { readAgent } from '../../exchange/agents/read-agent.ts';
import { isBehindAgent } from '../../exchange/boards/boards.ts';
import type { Pages } from '../visit/console-context.ts';
import { agentPages } from './agent-pages.ts';
import { callPages } from './call-pages.ts';
import { changePages } from './change-pages.ts';
import { connectPages } from './connect-pages.ts';
import { keyPages } from './key-pages.ts';
import { toOwnAgency } from './own-agency.ts';
import { ownParkedPages } from './own-parked-pages.ts';
import { ownReplayPages } from './own-replay-pages.ts';
import { webhookPages } from './webhook-pages.ts';
import { webhookSettingsPages } from './webhook-settings-pages.ts';

const shortList = { size: 5 };
const soonDays = 30;

/** An engineer's place: how the own agency's connection fares, and all that may be done about it. */
export const engineerPages: Pages = (app, deps) => {
  const { store, engineer } = deps;

  app.get('/engineer', async (request, reply) => {
    const { agency, configured } = toOwnAgency(deps, request);
    const soon = Date.now() + soonDays * 86_400_000;
    const [keys, endpoints, failed, items, links, usage, agent] = await Promise.all([
      engineer.keys.list(agency),
      engineer.endpoints.list(agency),
      engineer.calls(agency, { failed: true }, shortList),
      engineer.parked.items(agency, shortList),
      engineer.parked.links(agency, shortList),
      engineer.usage(agency),
      isBehindAgent(configured) ? readAgent(store, agency) : null,
    ]);
    const valid = keys.filter((key) => key.valid);
    const today = usage.days.filter(({ day }) => day === usage.days[0]?.day);
    return reply.page('engineer', {
      keys: {
        valid: valid.length,
        ending: valid.filter(({ expiresAt }) => expiresAt !== null && expiresAt.getTime() < soon),
      },
      endpoints,
      troubled: endpoints.filter((one) => one.failures > 0 || one.parked > 0 || one.pausedAt).length,
      failed: failed.rows,
      parked: items.rows.length + links.rows.length,
      parkedMore: items.next !== undefined || links.next !== undefined,
      usage,
      calls: today.reduce((sum, { calls }) => sum + calls, 0),
      agent,
    });
  });

  const others = [
    ...[keyPages, webhookPages, webhookSettingsPages, callPages, connectPages, agentPages],
    ...[ownParkedPages, ownReplayPages, changePages],
  ];
  for (const pages of others) pages(app, deps);
};
