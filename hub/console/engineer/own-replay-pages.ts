import { type EventType, eventTypes } from '../../../schemas/index.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { EngineerError } from '../../engineer/engineer-error.ts';
import { toOwnFilter } from '../../engineer/own-replays.ts';
import type { Typed } from '../../web/forms.ts';
import { PageError } from '../../web/page-error.ts';
import { toPager } from '../../web/pager.ts';
import type { Pages } from '../visit/console-context.ts';
import { orNotFound, toOwnAgency, toOwnId } from './own-agency.ts';

const usualPace = '60';
const conditions = ['receiptNumber', 'type', 'from', 'to', 'parked'];
const page = '/engineer/replays';
const parkedChoices = ['only', 'not'];

/** Deliveries to the own board, repeated: first what it would be, then its progress. */
export const ownReplayPages: Pages = (app, deps) => {
  const { engineer } = deps;

  app.get(page, async (request, reply) => {
    const { agency, configured } = toOwnAgency(deps, request);
    const asked = request.asked();
    const [after, before, replaysAfter] = [asked.after, asked.before, asked.replaysAfter].map(toUuid);
    const place = { ...(after && { after }), ...(before && { before }) };
    const preview = asked.preview ? await engineer.replays.preview(agency, toFilter(asked), place) : null;
    const replays = await engineer.replays.list(agency, replaysAfter ? { after: replaysAfter } : {});
    return reply.page('engineer-replays', {
      hasBoard: configured.board !== undefined,
      preview,
      pager: preview && toPager(page, asked, preview.page),
      mayDouble: preview?.agencies.some((one) => one.mayDouble) ?? false,
      replays: replays.rows,
      moreReplays: replays.next ? `${page}?replaysAfter=${replays.next}#replays` : null,
      asked: { ...Object.fromEntries(conditions.map((name) => [name, ''])), ...asked },
      pace: usualPace,
      choices: { types: eventTypes satisfies readonly EventType[], parked: parkedChoices },
    });
  });

  app.post(`${page}/start`, async (request, reply) => {
    const { actor, agency } = toOwnAgency(deps, request);
    const typed = request.typed();
    const order = {
      filter: toFilter(typed),
      perMinute: Number(typed.perMinute || usualPace),
      mayDouble: typed.mayDouble === 'yes',
    };
    try {
      await engineer.change(actor, { action: 'replay_start', subject: agency }, () =>
        engineer.replays.start(actor, order),
      );
      return reply.redirect('/engineer/replays?done=replay_started#replays', 303);
    } catch (error) {
      if (!(error instanceof EngineerError)) throw error;
      const done = error.kind === 'invalid' ? 'own_pace_wrong' : 'own_replay_refused';
      return reply.redirect(`/engineer/replays?done=${done}`, 303);
    }
  });

  for (const action of ['pause', 'resume', 'cancel'] as const)
    app.post(`${page}/:id/${action}`, async (request, reply) => {
      const { actor } = toOwnAgency(deps, request);
      const id = toOwnId(request);
      try {
        await orNotFound(
          engineer.change(actor, { action: `replay_${action}`, subject: id }, () =>
            engineer.replays.change(actor, id, action),
          ),
        );
        return reply.redirect(`/engineer/replays?done=replay_${action}#replays`, 303);
      } catch (error) {
        if (error instanceof PageError || !(error instanceof EngineerError)) throw error;
        return reply.redirect('/engineer/replays?done=replay_state#replays', 303);
      }
    });
};

const korea = '+09:00';

/** Times are Korean, as everywhere in the console. */
function toFilter({ from, to, ...rest }: Typed) {
  return toOwnFilter({ ...rest, from: toInstant(from), to: toInstant(to) });
}

function toInstant(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const at = new Date(`${text}${text.length === 16 ? ':00' : ''}${korea}`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
