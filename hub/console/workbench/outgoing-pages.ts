import { type EventType, eventTypes } from '../../../schemas/index.ts';
import type { User } from '../../access/people/users.ts';
import { listPlacesSeen } from '../../exchange/shape/shapes.ts';
import { listPlaces } from '../../exchange/workbench/places.ts';
import type { SentSample } from '../../exchange/workbench/send-sample.ts';
import { tryOutgoing } from '../../exchange/workbench/try-outgoing.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { toExpression, toPlace, toText } from './incoming-form.ts';
import { readTarget, sendToTarget } from './rehearsal-send.ts';
import { codeOf, putIntoDraft, readWorkingDraft, type WorkingDraft } from './working-draft.ts';

/** What a board would be sent for each kind of event, and sending it to a rehearsal target. */
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
    if (action === 'send' && working.agency)
      return reply.page('workbench-outgoing', await send(deps, user, working, { event, expression }));
    if (action !== 'put' || !place)
      return reply.page('workbench-outgoing', await toPage(deps, working, { event, expression }));
    const fault = findFault(working, place, expression);
    const isPut = !fault && (await putIntoDraft(deps, user, working, { [place.pointer]: expression }));
    const now = isPut ? await readWorkingDraft(deps, user, working.code) : working;
    const outcome = isPut
      ? { said: 'workbench_put' }
      : { refused: fault ? 'workbench.not_put' : 'workbench.draft_unreadable' };
    return reply.page('workbench-outgoing', await toPage(deps, now, { event, expression, ...outcome }));
  });
};

/** What is shown is what is sent: the expression as it stands on the page. */
async function send(
  deps: ConsoleDeps,
  user: User,
  working: WorkingDraft,
  { event, expression }: { event: EventType; expression: string },
) {
  const place = placeOf(working, event);
  const { agency } = working;
  const isWrong = place && findFault(working, place, expression);
  if (!agency || isWrong)
    return toPage(deps, working, { event, expression, refused: 'workbench.not_sent_fault' });
  const draft = place ? withText(agency, place.pointer, expression) : agency;
  const sent = await sendToTarget(deps, user, { draft, event });
  return toPage(deps, working, { event, expression, sent });
}

const toEvent = (text: string | undefined): EventType =>
  eventTypes.find((event) => event === text) ?? 'registered';

const placeOf = ({ agency }: WorkingDraft, event: EventType) =>
  agency && listPlaces(agency).find((place) => place.event === event);

const findFault = (working: WorkingDraft, place: ReturnType<typeof placeOf>, expression: string) =>
  place
    ? toExpression({ whole: '', field: '', expression }, codesIn(working), secretsIn(working)).fault
    : undefined;

const codesIn = ({ agency }: WorkingDraft) =>
  (agency?.board.settings.codes ?? {}) as Record<string, Record<string, string>>;

const secretsIn = ({ agency }: WorkingDraft) => Object.keys((agency?.board.settings.secrets ?? {}) as object);

interface Shown {
  event: EventType;
  /** Undefined: as the draft has it. */
  expression?: string;
  said?: string;
  refused?: string;
  sent?: SentSample;
}

async function toPage(deps: ConsoleDeps, working: WorkingDraft, shown: Shown) {
  const { event, expression, said, refused, sent } = shown;
  const { store, settings } = deps;
  const { agency, code } = working;
  const place = placeOf(working, event);
  const source = (place && expression) ?? place?.source ?? '';
  const fault = findFault(working, place, source);
  const draft = agency && place ? withText(agency, place.pointer, source) : agency;
  const tried =
    draft && !fault
      ? await tryOutgoing(draft, await listPlacesSeen(store, code), settings.PUBLIC_URL)
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
    target: agency ? await readTarget(deps, agency) : null,
    sent: sent ?? null,
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
