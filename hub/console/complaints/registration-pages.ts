import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import {
  type Complainant,
  type ComplaintContent,
  channels,
  complaintKinds,
  languages,
  type Routing,
} from '../../../schemas/index.ts';
import { type Draft, listDrafts, removeDraft } from '../../complaints/drafts.ts';
import { type EarlierComplaint, listEarlierComplaints } from '../../complaints/reading/read-complaint.ts';
import { route } from '../../complaints/route.ts';
import { listAddresses } from '../../notify/reach.ts';
import { withPersonal } from '../../personal/with-personal.ts';
import type { Store } from '../../store/database.ts';
import {
  type FormWithFiles,
  readFormFiles,
  toFileField,
  toFileMark,
  toFormStatus,
} from '../../web/form-files.ts';
import { type FormProblems, noProblems, toFormProblems, toShown } from '../../web/form-problems.ts';
import type { Typed } from '../../web/forms.ts';
import { submit } from '../../web/submit.ts';
import { toInternational } from '../../words/to-international.ts';
import { toNational } from '../../words/to-national.ts';
import type { Pages } from '../visit/console-context.ts';
import { toReader } from '../visit/to-reader.ts';
import { toAttachments } from './complaint-form.ts';
import {
  blankRegistration as blank,
  registrationPlaces as places,
  registrationFields,
} from './registration-fields.ts';

interface Registration {
  values: Typed;
  problems?: FormProblems;
  given?: FormWithFiles;
  /** Undefined: nobody was looked for yet. */
  earlier?: EarlierComplaint[] | undefined;
  /** What this person began and did not finish. Undefined: the form came back, and has its own text. */
  drafts?: ReadonlyMap<string, Draft>;
}

/** Registers a complaint for a caller: first the person and earlier complaints, then the new one. */
export const registrationPages: Pages = (app, { store, directory, accept, attachments }) => {
  const toData = ({ values, problems = noProblems, given, earlier, drafts = new Map() }: Registration) => ({
    values: { ...blank, ...values, key: values.key || randomUUID() },
    problems: toShown(registrationFields, problems),
    files: toFileField(attachments.limitsFor('hub'), given),
    looksAgain: Boolean(given?.problems.length),
    earlier: earlier ?? null,
    drafts: [...drafts]
      .filter(([key]) => key !== values.key)
      .map(([key, { fields, savedAt }]) => ({
        key,
        savedAt,
        name: fields.name || '-',
        title: fields.title || '-',
      })),
    draftSavedAt: drafts.get(values.key ?? '')?.savedAt ?? null,
    choices: { kinds: complaintKinds, channels, languages },
    categories: listCategories(directory.routing()),
    goesTo: values.title || values.category ? route(toContent(values), 'hub', directory.routing()).to : null,
  });
  // Nobody was looked for where the number is none.
  const findEarlier = (request: FastifyRequest, typed: Typed) => findCaller(store, request, typed);

  app.get('/register', async (request, reply) => {
    const user = request.demand('register');
    const drafts = await listDrafts(store, { userId: user.id });
    const { draft: key = '' } = request.asked();
    const draft = drafts.get(key);
    return reply.page('registration', toData({ values: draft ? { ...draft.fields, key } : {}, drafts }));
  });

  app.post('/register', { config: { carriesFiles: true } }, async (request, reply) => {
    const user = request.demand('register');
    const given = await readFormFiles(request, attachments, 'hub');
    const { typed, files } = given;
    if (typed.preview) return reply.page('registration', toData({ values: typed, given }));
    if (typed.lookup) {
      const earlier = await findEarlier(request, typed);
      const values = recall(typed, earlier?.[0]?.complainant);
      return reply.page('registration', toData({ values, given, earlier }));
    }
    if (given.problems.length > 0)
      return reply.page(
        'registration',
        toData({ values: typed, given, earlier: await findEarlier(request, typed) }),
        toFormStatus(reply, given),
      );
    const unreachable = findUnreachable(typed);
    if (unreachable) {
      const problems = { fields: { notifyBy: unreachable }, others: [] };
      return reply.page('registration', toData({ values: typed, problems, given }), 422);
    }
    const submitted = await submit(accept, {
      agency: 'hub',
      user: user.login,
      typed: { ...typed, ...toFileMark(files) },
      post: { content: { ...toContent(typed), ...toAttachments(files) } },
    });
    if (submitted.ok) {
      await removeDraft(store, { userId: user.id, form: typed.key ?? '' });
      return reply.redirect(`/complaints/${submitted.accepted.receiptNumber}?done=registered`, 303);
    }
    const problems = toFormProblems(submitted.problems, places, typed);
    const earlier = await findEarlier(request, typed);
    return reply.page('registration', toData({ values: typed, problems, given, earlier }), 422);
  });
};

/** Earlier complaints of whoever calls. Undefined: nobody was looked for. */
async function findCaller(
  store: Store,
  request: FastifyRequest,
  { phone = '', email }: Typed,
): Promise<EarlierComplaint[] | undefined> {
  const known = toInternational(phone);
  if (!known && !email) return undefined;
  return withPersonal(store, toReader(request), async (opened, tell) => {
    const found = await listEarlierComplaints(opened, { phone: known, email });
    tell({
      act: 'search',
      purpose: 'identifying',
      subjects: found.map(({ id }) => id),
      items: ['name', 'contact', 'text'],
      masked: false,
    });
    return found;
  });
}

/** Fills in what is known of the person, where nothing was typed. */
function recall(typed: Typed, person: Complainant | undefined): Typed {
  if (!person) return typed;
  const { name, company, email, phone, notifyBy, language } = person;
  const known = { name, company, email, phone: phone && toNational(phone), notifyBy, language };
  const recalled = { ...typed };
  for (const [field, value] of Object.entries(known)) if (value && !typed[field]) recalled[field] = value;
  return recalled;
}

function toContent(typed: Typed): ComplaintContent {
  const { name, company, phone, email, notifyBy, language, title, body, kind, category, region } = typed;
  const content = {
    title: title ?? '',
    body: body ?? '',
    kind: kind ?? '',
    ...(category && { category }),
    ...(region && { region }),
    complainant: {
      name: name ?? '',
      ...(company && { company }),
      ...(phone && { phone: toE164(phone) }),
      ...(email && { email }),
      ...(notifyBy && { notifyBy }),
      ...(language && { language }),
    },
    filedAt: new Date().toISOString(),
  };
  // The value is still unchecked: submit() checks the post by its schema.
  return content as ComplaintContent;
}

/** A text that is no telephone number stays as it is, and the schema refuses it. */
const toE164 = (text: string | undefined) => (text && toInternational(text)) || text;

/** The text that says why the chosen way does not reach the person. Undefined: it does, or none is chosen. */
function findUnreachable({ phone = '', email = '', notifyBy }: Typed): string | undefined {
  const number = toInternational(phone);
  // A number that is none has a problem of its own.
  if (!notifyBy || (phone && !number)) return undefined;
  const ways = listAddresses({ ...(number && { phone: number }), ...(email && { email }) });
  return ways.some(({ channel }) => channel === notifyBy) ? undefined : `problem.notify_${notifyBy}`;
}

/** The categories that the routing rules know. */
const listCategories = ({ rules }: Routing) =>
  [...new Set(rules.flatMap(({ when }) => when.category ?? []))].sort();
