import { type EventType, eventTypes } from '../../../schemas/index.ts';
import { listPlacesSeen } from '../../exchange/shape/shapes.ts';
import { listPlaces } from '../../exchange/workbench/places.ts';
import { tryOutgoing } from '../../exchange/workbench/try-outgoing.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { toExpression, toPlace, toText } from './incoming-form.ts';
import { codeOf, putIntoDraft, readWorkingDraft, type WorkingDraft } from './working-draft.ts';

/**
 * What a board would be sent for each kind of event. Nothing is sent: a hook to send it to a rehearsal target comes with
 * such targets.
 */
export const outgoingPages: Pages = (app, deps) => {
  app.get('/agencies/:code/workbench/outgoing', async (request, reply) => {
    const user = request.demand('configure');
    const working = await readWorkingDraft(deps, user, codeOf(request));
    const event = toEvent(request.asked().event);
    return reply.page('workbench-outgoing', await toPage(deps, working, { event }));
  });

  app.post('/agencies/:code/workbench/outgoing', async (request, reply) => {
    const user = request.demand('configure');
    const working = await readWorkingDraft(deps, user, codeOf(request));
    const { event: named, do: action } = request.typed();
    const event = toEvent(named);
    const expression = toText(request.typedExactly('expression')).trimEnd();
    const place = placeOf(working, event);
    if (action !== 'put' || !place)
      return reply.page('workbench-outgoing', await toPage(deps, working, { event, expression }));
    const { fault } = toExpression(
      { whole: '', field: '', expression },
      codesIn(working),
      secretsIn(working),
    );
    const isPut = !fault && (await putIntoDraft(deps, user, working, { [place.pointer]: expression }));
    const now = isPut ? await readWorkingDraft(deps, user, working.code) : working;
    const outcome = isPut
      ? { said: 'workbench_put' }
      : { refused: fault ? 'workbench.not_put' : 'workbench.draft_unreadable' };
    return reply.page('workbench-outgoing', await toPage(deps, now, { event, expression, ...outcome }));
  });
};

const toEvent = (text: string | undefined): EventType =>
  eventTypes.find((event) => event === text) ?? 'registered';

const placeOf = ({ agency }: WorkingDraft, event: EventType) =>
  agency && listPlaces(agency).find((place) => place.event === event);

const codesIn = ({ agency }: WorkingDraft) =>
  (agency?.board.settings.codes ?? {}) as Record<string, Record<string, string>>;

const secretsIn = ({ agency }: WorkingDraft) => Object.keys((agency?.board.settings.secrets ?? {}) as object);

async function toPage(
  { store }: ConsoleDeps,
  working: WorkingDraft,
  {
    event,
    expression,
    said,
    refused,
  }: { event: EventType; expression?: string; said?: string; refused?: string },
) {
  const { agency, code } = working;
  const place = placeOf(working, event);
  const source = expression ?? place?.source ?? '';
  const { fault } = place
    ? toExpression({ whole: '', field: '', expression: source }, codesIn(working), secretsIn(working))
    : { fault: undefined };
  const tried =
    agency && !fault
      ? await tryOutgoing(
          place ? withText(agency, place.pointer, source) : agency,
          await listPlacesSeen(store, code),
        )
      : { events: [], isChecked: false, hasNone: false, others: [] };
  const one = tried.events.find((found) => found.event === event);
  return {
    code,
    isDraft: working.isDraft,
    hasBoard: agency !== undefined,
    problems: agency ? [] : working.problems.slice(0, 10),
    told: said ?? null,
    refused: refused ?? null,
    event,
    pointer: place?.pointer ?? null,
    expression: source,
    fault: fault
      ? {
          reason: fault.reason,
          position: fault.position ?? null,
          ...(fault.position === undefined ? { line: null, column: null } : toPlace(source, fault.position)),
        }
      : null,
    events: eventTypes.map((type) => {
      const found = tried.events.find((given) => given.event === type);
      return { type, isCarried: found?.isCarried ?? null, wrong: found?.problems.length ?? 0 };
    }),
    isCarried: one?.isCarried ?? false,
    request: one?.request === undefined ? null : JSON.stringify(one.request, null, 2),
    wrong: one?.problems ?? [],
    isChecked: tried.isChecked,
    hasNone: tried.hasNone,
    others: tried.others,
  };
}

/** The document with another text at a place of its settings. */
function withText<A extends NonNullable<WorkingDraft['agency']>>(
  agency: A,
  pointer: string,
  text: string,
): A {
  const copy = structuredClone(agency);
  const path = pointer.split('/').slice(1);
  const last = path.pop() ?? '';
  const holder = path.reduce<Record<string, unknown>>(
    (at, name) => at[name] as Record<string, unknown>,
    copy.board.settings,
  );
  holder[last] = text;
  return copy;
}
