import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Refusal, sendProblem, toRefusal } from '../http/problem.ts';
import { reportReaders } from '../notify/providers/index.ts';
import { isTokenOf } from '../notify/reports/report-address.ts';
import type { TakeReport } from '../notify/reports/take-report.ts';
import type { Strangers } from './gate/strangers.ts';

export interface ReportDoorDependencies {
  takeReport: TakeReport;
  strangers: Strangers;
  log: Logger;
}

const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
const isToken = (text: string) => /^[A-Za-z0-9_-]{43}$/.test(text);

/**
 * Where gateways report what became of a text. They can sign nothing and carry no key, so each attempt has an address
 * of its own with a token that nobody guesses. Wrong ones are limited by the caller's address. A report may come again
 * and in any order (hub/notify/reports/judge-report.ts).
 */
export async function reportDoor(app: FastifyInstance, dependencies: ReportDoorDependencies): Promise<void> {
  const { takeReport, strangers, log } = dependencies;
  app.setErrorHandler((error, _request, reply) => {
    const refusal = toRefusal(error);
    // Never the address, which is all that it takes to report.
    if (!refusal) log.error({ err: error }, 'a delivery report was not taken');
    return sendProblem(reply, refusal ?? new Refusal('unavailable'));
  });

  // A look at the address alone reports nothing.
  app.get('/:provider/:notice/:token', { exposeHeadRoute: false }, async (request, reply) => {
    const { provider, notice, token } = request.params as Record<'provider' | 'notice' | 'token', string>;
    const read = Object.hasOwn(reportReaders, provider) ? reportReaders[provider] : undefined;
    const unknown = () => strangers.turnAway(request.ip, new Refusal('unauthenticated', notAwaited));
    if (!read || !isId(notice) || !isToken(token)) throw unknown();
    const reported = read(request.query as Record<string, unknown>);
    if (!reported) throw strangers.turnAway(request.ip, new Refusal('unauthenticated', unreadable));
    const isOf = (row: { provider: string | null; report_hash: Buffer | null }) =>
      row.provider === provider && isTokenOf(token, row.report_hash);
    if (!(await takeReport(notice, isOf, reported))) throw unknown();
    // Kannel 1.4.5 takes a 204 for a failure, and calls again.
    return reply.type('text/plain; charset=utf-8').send('taken');
  });
}

const notAwaited = 'no report is awaited at this address';
const unreadable = 'this report says nothing that is known, or no report is awaited at this address';
