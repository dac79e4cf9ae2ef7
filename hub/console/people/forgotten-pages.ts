import type { FastifyInstance } from 'fastify';
import { askForReset } from '../../access/accounts/password-asks.ts';
import { toKnownUrl } from '../../http/base-url.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';
import { findKnownUrl } from './known-url.ts';

/** The most characters of a login or an address that are looked at. */
const longest = 254;

/** Forgotten passwords. The pages say the same of every name, known or not. They need no session. */
export function forgottenPages(app: FastifyInstance, deps: ConsoleDeps): void {
  app.get('/forgotten', async (request, reply) =>
    reply.page('forgotten', {
      canMail: findKnownUrl(deps, request) !== null,
      who: '',
      problem: null,
      until: null,
    }),
  );

  app.post('/forgotten', async (request, reply) => {
    const baseUrl = toKnownUrl(deps.settings.PUBLIC_URL, request);
    const { who = '' } = request.typed();
    const again = (problem: string, status: number, until: Date | null = null) =>
      reply.page('forgotten', { canMail: true, who, problem, until }, status);
    if (who === '') return again('problem.required', 422);
    if (who.length > longest) return again('problem.who', 422);
    const tooMany = await askForReset(deps.store, { who, from: request.ip, baseUrl });
    if (tooMany) {
      const seconds = Math.max(1, Math.ceil((tooMany.until.getTime() - Date.now()) / 1000));
      const shown = new Date(Math.ceil(tooMany.until.getTime() / 60_000) * 60_000);
      reply.header('retry-after', seconds);
      return again('forgotten.wait', 429, shown);
    }
    return reply.redirect('/forgotten?done=reset_asked', 303);
  });
}
