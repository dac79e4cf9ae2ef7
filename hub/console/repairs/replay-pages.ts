import type { FastifyRequest } from 'fastify';
import { type EventType, eventTypes } from '../../../schemas/index.ts';
import { listReplays } from '../../exchange/replay/read-replays.ts';
import { ReplayError } from '../../exchange/replay/replays.ts';
import type { ReplayFilter } from '../../store/tables/column-types.ts';
import type { Typed } from '../../web/forms.ts';
import { PageError } from '../../web/page-error.ts';
import { toPager } from '../../web/pager.ts';
import type { Pages } from '../visit/console-context.ts';
import { getId, listBoards, toPlace } from './repair-pages.ts';

const defaultPace = 60;
const conditions = ['agency', 'receiptNumber', 'type', 'from', 'to', 'parked'];

/** Repeated deliveries: what a filter would send where, and the replays with their progress. */
export const replayPages: Pages = (app, deps) => {
  const { store, repairs } = deps;

  app.get('/repairs/replays', async (request, reply) => {
    request.demand('see_repairs');
    const asked = request.asked();
    const preview = asked.preview ? await repairs.replays.preview(toFilter(asked), toPlace(asked)) : null;
    const { replaysAfter } = asked;
    const replays = await listReplays(store, toPlace(replaysAfter ? { after: replaysAfter } : {}));
    return reply.page('replays', {
      preview,
      pager: preview && toPager('/repairs/replays', asked, preview.page),
      replays: replays.rows,
      moreReplays: replays.next ? `/repairs/replays?replaysAfter=${replays.next}#replays` : null,
      asked: { ...Object.fromEntries(conditions.map((name) => [name, ''])), ...asked },
      mayDouble: preview?.agencies.some((one) => one.mayDouble) ?? false,
      pace: defaultPace,
      choices: { agencies: listBoards(deps), types: eventTypes, parked: ['only', 'not'] },
    });
  });

  app.post('/repairs/replays/start', async (request, reply) => {
    const user = request.demand('repair');
    const typed = request.typed();
    const perMinute = Number(typed.perMinute ?? defaultPace);
    if (!Number.isInteger(perMinute) || perMinute < 1 || perMinute > 100_000)
      return reply.redirect('/repairs/replays?done=pace_wrong', 303);
    try {
      const filter = toFilter(typed);
      await repairs.replays.start({
        filter,
        perMinute,
        mayDouble: typed.mayDouble === 'yes',
        by: user.login,
      });
      return reply.redirect('/repairs/replays?done=replay_started#replays', 303);
    } catch (error) {
      if (!(error instanceof ReplayError)) throw error;
      return reply.redirect(`/repairs/replays?done=replay_${error.kind}`, 303);
    }
  });

  app.post('/repairs/replays/:id/:action', async (request, reply) => {
    const user = request.demand('repair');
    const action = toAction(request);
    try {
      await repairs.replays[action](getId(request), user.login);
      return reply.redirect(`/repairs/replays?done=replay_${action}#replays`, 303);
    } catch (error) {
      if (!(error instanceof ReplayError)) throw error;
      return reply.redirect('/repairs/replays?done=replay_state#replays', 303);
    }
  });
};

function toAction(request: FastifyRequest): 'pause' | 'resume' | 'cancel' {
  const { action } = request.params as { action: string };
  if (action !== 'pause' && action !== 'resume' && action !== 'cancel') throw new PageError('not_found');
  return action;
}

const korea = '+09:00';

/**
 * The fields of the form. Times are Korean, as everywhere in the console. A value that makes no sense is no condition.
 */
function toFilter({ agency, receiptNumber, type, from, to, parked }: Typed): ReplayFilter {
  const known = eventTypes.find((one): one is EventType => one === type);
  const [start, end] = [toInstant(from), toInstant(to)];
  return {
    ...(agency && { agency }),
    ...(receiptNumber && { receiptNumber }),
    ...(known && { types: [known] }),
    ...(start && { from: start }),
    ...(end && { to: end }),
    ...((parked === 'only' || parked === 'not') && { parked: parked === 'only' }),
  };
}

function toInstant(text: string | undefined): string | undefined {
  const at = new Date(`${text ?? ''}${korea}`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
