import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type ExpressionFault,
  explainExpression,
  expressionFunctions,
  listKnown,
} from '../../../adapters/kit/mapping/explain.ts';
import type { Agency } from '../../../schemas/index.ts';
import { type Reason, reasonOf, toReason } from '../../../schemas/reason.ts';
import { maskSample } from '../../access/people/mask-sample.ts';
import { may } from '../../access/people/rights.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { findInForce } from '../../configuration/versions.ts';
import type { Sample } from '../../exchange/boards/try-board.ts';
import { withholdNew } from '../../exchange/withhold-new.ts';
import { dropKept, findKept, keepSamples, listKept } from '../../exchange/workbench/kept-samples.ts';
import { explainPlace, listPlaces } from '../../exchange/workbench/places.ts';
import { readSampleText } from '../../exchange/workbench/sample-text.ts';
import { codesOf, listStoredItems } from '../../exchange/workbench/stored-items.ts';
import { type TriedIncoming, tryIncoming } from '../../exchange/workbench/try-incoming.ts';
import { withPersonal } from '../../personal/with-personal.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { toReader } from '../visit/to-reader.ts';
import { findField, readSent, type SentTrial, toExpression, toPlace, writeSample } from './incoming-form.ts';
import { codeOf, putIntoDraft, readWorkingDraft, type WorkingDraft } from './working-draft.ts';

/** Posts of a board beside the expression that reads them and what it makes of them. Nothing is taken in. */
export const incomingPages: Pages = (app, deps) => {
  app.get('/agencies/:code/workbench', async (request, reply) => {
    const user = request.demand('configure');
    const working = await readWorkingDraft(deps, user, codeOf(request));
    const whole = placeOf(working)?.source ?? '';
    const items = await readStored(deps, request, working, false);
    const sent = { ...blank, whole, expression: whole, sample: writeSample(items) };
    return show(deps, reply, working, { sent });
  });

  app.post('/agencies/:code/workbench', async (request, reply) => {
    const user = request.demand('configure');
    const working = await readWorkingDraft(deps, user, codeOf(request));
    const sent = readSent(request);
    const done = await act(deps, request, working, sent);
    const now = done.said === 'workbench_put' ? await readWorkingDraft(deps, user, working.code) : working;
    return show(deps, reply, now, done);
  });
};

const blank: SentTrial = {
  whole: '',
  field: '',
  expression: '',
  sample: '',
  item: 0,
  kept: '',
  name: '',
  action: '',
  subject: '',
};

/** Samples that one press fetches. */
const fetched = 20;

/** What a press came to: what the page shows next, what was done, or why it was not. */
interface Done {
  sent: SentTrial;
  said?: string;
  refused?: Reason | string;
}

type Act = (
  deps: ConsoleDeps,
  request: FastifyRequest,
  working: WorkingDraft,
  sent: SentTrial,
) => Promise<Done>;

const acts: Record<string, Act> = {
  async fetch(deps, _request, { agency }, sent) {
    if (!agency) return { sent, refused: 'workbench.no_board' };
    if (await isWithheld(deps, agency)) return { sent, refused: toReason('trial_needs_second_person') };
    try {
      const items = await deps.workbench.fetchSamples(agency, fetched);
      return items.length > 0 ? withItems(sent, items) : { sent, refused: 'workbench.nothing_fetched' };
    } catch (error) {
      return { sent, refused: reasonOf(error) };
    }
  },
  async recent(deps, request, working, sent) {
    return withItems(sent, await readStored(deps, request, working, false));
  },
  async parked(deps, request, working, sent) {
    return withItems(sent, await readStored(deps, request, working, true));
  },
  async load({ store }, _request, { code }, sent) {
    const id = toUuid(sent.kept);
    const items = id && (await findKept(store, code, id));
    return items ? withItems(sent, items) : { sent, refused: 'workbench.kept_gone' };
  },
  async keep({ store }, request, { code, agency }, sent) {
    const read = readSampleText(sent.sample);
    if (!read.ok) return { sent, refused: read.reason };
    if (sent.name === '' || sent.name.length > 60) return { sent, refused: 'workbench.name_wanted' };
    const of = agency ?? { code };
    const kept = await keepSamples(store, of, {
      name: sent.name,
      items: read.items,
      by: request.signedIn().login,
    });
    return kept === 'kept'
      ? { sent: { ...sent, name: '' }, said: 'workbench_kept' }
      : { sent, refused: 'workbench.kept_full' };
  },
  async drop({ store }, _request, { code }, sent) {
    const id = toUuid(sent.subject);
    const isGone = id !== undefined && (await dropKept(store, code, id));
    return { sent, ...(isGone && { said: 'workbench_dropped' }) };
  },
  async open(_deps, _request, working, sent) {
    const { whole } = toExpression(sent, codesIn(working));
    const field = findField(whole, sent.subject, codesIn(working));
    return { sent: { ...sent, whole, field: field?.pointer ?? '', expression: field?.source ?? whole } };
  },
  async put(deps, request, working, sent) {
    const place = placeOf(working);
    const { candidate, fault } = toExpression(sent, codesIn(working));
    if (fault || !place) return { sent, refused: 'workbench.not_put' };
    const isPut = await putIntoDraft(deps, request.signedIn(), working, { [place.pointer]: candidate });
    return isPut ? { sent, said: 'workbench_put' } : { sent, refused: 'workbench.draft_unreadable' };
  },
};

/** Whether a second person has to agree before the draft's board may be called. */
async function isWithheld({ store, settings }: ConsoleDeps, draft: Agency): Promise<boolean> {
  if (settings.CONFIG_FOUR_EYES !== 'yes') return false;
  const inForce = await findInForce(store.db, { kind: 'agency', name: draft.code });
  return withholdNew(draft, inForce?.body as Agency | undefined).withheld.includes('');
}

async function act(
  deps: ConsoleDeps,
  request: FastifyRequest,
  working: WorkingDraft,
  sent: SentTrial,
): Promise<Done> {
  return acts[sent.action]?.(deps, request, working, sent) ?? { sent };
}

const withItems = (sent: SentTrial, items: Sample[]): Done =>
  items.length > 0
    ? { sent: { ...sent, sample: writeSample(items), item: 0 } }
    : { sent, refused: 'workbench.nothing_stored' };

/** Who may not see people gets the items masked. */
async function readStored(
  { store }: ConsoleDeps,
  request: FastifyRequest,
  { code, agency }: WorkingDraft,
  parked: boolean,
): Promise<Sample[]> {
  const user = request.signedIn();
  const items = await withPersonal(store, toReader(request), async (opened, tell) => {
    const found = await listStoredItems(opened, code, { parked, most: fetched });
    tell({
      ...{ act: 'list', purpose: 'configuring', items: ['raw'], masked: !may(user, 'see_person') },
      subjects: found.map(({ id }) => id),
    });
    return found;
  });
  const codes = codesOf(agency ?? {});
  return items.map(({ externalId, raw }) => ({
    externalId,
    raw: may(user, 'see_person') ? raw : maskSample(raw, { codes }),
  }));
}

const placeOf = ({ agency }: WorkingDraft) =>
  agency && listPlaces(agency).find(({ reads }) => reads === 'post');

const codesIn = ({ agency }: WorkingDraft) =>
  (agency?.board.settings.codes ?? {}) as Record<string, Record<string, string>>;

async function show(
  deps: ConsoleDeps,
  reply: FastifyReply,
  working: WorkingDraft,
  { sent, said, refused }: Done,
) {
  const { code } = working;
  const place = placeOf(working);
  const { candidate, whole, fault } = toExpression(sent, codesIn(working));
  const read = readSampleText(sent.sample);
  const samples = read.ok ? read.items : [];
  const item = Math.min(sent.item, Math.max(0, samples.length - 1));
  const agency = working.agency && place && withExpression(working.agency, place.pointer, candidate);
  const tried = agency && samples.length > 0 && !fault ? await tryIncoming(agency, samples, item) : nothing;
  const explained = agency && place && explainPlace(agency, { ...place, source: candidate }, samples);
  return reply.page('workbench', {
    code,
    isDraft: working.isDraft,
    hasPlace: place !== undefined,
    hasBoard: working.agency !== undefined,
    problems: working.agency ? [] : working.problems.slice(0, 10),
    kept: await listKept(deps.store, code),
    told: said ?? null,
    refused: refused ?? null,
    sampleProblem: read.ok || sent.sample.trim() === '' ? null : read.reason,
    sent: { ...sent, item, whole },
    fault: fault ? toShownFault(fault, sent.expression) : null,
    unknown: (explained?.unknown ?? []).map(toShownName),
    isComplete: explained?.input.isComplete ?? false,
    fields: explainExpression(whole, { codes: codesIn(working) }).fields.map(({ pointer }) => pointer),
    names: listKnown(explained?.input.known).slice(0, 200),
    functions: Object.values(expressionFunctions),
    tables: Object.keys(codesIn(working)),
    items: tried.items,
    isBad: tried.items[item]?.state === 'bad',
    rows: tried.fields.map(toShownField),
    others: tried.others,
  });
}

const toShownName = ({ reason: { params = {} } }: ExpressionFault) => ({
  name: params.name ?? '',
  suggestion: params.suggestion ?? null,
});

const toShownFault = ({ reason, position }: ExpressionFault, text: string) => ({
  reason,
  position: position ?? null,
  ...(position === undefined ? { line: null, column: null } : toPlace(text, position)),
});

const nothing: TriedIncoming = { items: [], fields: [], others: [] };

/** For a view, in which every name needs a value. */
const toShownField = ({ value, source, field, reads, ...row }: TriedIncoming['fields'][number]) => ({
  ...row,
  value: value ?? null,
  source: source ?? null,
  field: field ?? null,
  reads: reads.map((one) => ({ name: one.name, value: one.value ?? null })),
});

/** The document with another expression. */
function withExpression(agency: NonNullable<WorkingDraft['agency']>, pointer: string, source: string) {
  const name = pointer.slice(1);
  return { ...agency, board: { ...agency.board, settings: { ...agency.board.settings, [name]: source } } };
}
