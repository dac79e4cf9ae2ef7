import type { FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import { type DraftPlace, removeDraft, saveDraft } from '../../complaints/drafts.ts';
import { findComplaintPart } from '../../complaints/reading/read-complaint.ts';
import { parseReceiptNumber } from '../../complaints/receipt-number.ts';
import type { Store } from '../../store/database.ts';
import type { Typed } from '../../web/forms.ts';
import { PageError } from '../../web/page-error.ts';
import { toLocalPath } from '../../web/security.ts';
import type { Pages } from '../visit/console-context.ts';
import { toSubject } from './complaint-file.ts';
import type { ComplaintForm } from './complaint-form.ts';
import { complaintFormNames, complaintForms } from './complaint-forms.ts';
import { registrationFields } from './registration-fields.ts';

/** Bytes of a form of the longest complaint: 100,000 characters, up to nine bytes each as a form sends them. */
const largestDraft = 1_200_000;
/** Fields that a person has to write. The others have a value before anybody typed, or are quickly chosen again. */
const written = [
  ...['text', 'reason', 'title', 'body', 'name', 'phone', 'email'],
  ...['reasons', 'remedies', 'promise', 'consent', 'representatives'],
  ...['asked', 'decided', 'why'],
];
const formKey = /^[\w-]{1,64}$/;

/** A form whose text is kept while it is typed: where, and what of it. */
interface DraftForm {
  place: DraftPlace;
  fields: Typed;
  /** Where the form is opened with the draft in it. */
  to: string;
}

/**
 * Keeps what a person types, for that person alone. A page's script sends it while typing; `discard` takes it away. The
 * text is not logged, and no file is kept.
 */
export const draftPages: Pages = (app, { store }) => {
  const options = { bodyLimit: largestDraft };
  app.post('/register/draft', options, (request, reply) => take(request, reply, '/register'));
  app.post('/complaints/:receiptNumber/:form/draft', options, (request, reply) => {
    const { receiptNumber, form } = request.params as { receiptNumber: string; form: string };
    return take(request, reply, `/complaints/${receiptNumber}/${form}`);
  });

  async function take(request: FastifyRequest, reply: FastifyReply, path: string) {
    const typed = request.typed();
    const found = await findDraftForm(store, request.signedIn(), path, typed);
    if (!found) throw new PageError('not_found');
    if (typed.discard) {
      await removeDraft(store, found.place);
      return reply.redirect(toLocalPath(found.to.split('?')[0]), 303);
    }
    return reply.code((await keep(store, found)) ? 204 : 413).send();
  }

  // What was typed into a page of an earlier session: its form was refused, and the person says that it is his or hers.
  app.post('/typed', async (request, reply) => {
    const { path = '', typed = '' } = request.typed();
    const to = await keepTyped(store, request.signedIn(), path, toFields(typed));
    return reply.redirect(toLocalPath(to), 303);
  });
};

/**
 * Keeps what was typed before the person signed in, as a draft. Resolves with the page that has the form; undefined: no
 * form of this path keeps drafts, or the person may not use it.
 */
export async function keepTyped(
  store: Store,
  user: User,
  path: string,
  typed: Typed,
): Promise<string | undefined> {
  const found = await findDraftForm(store, user, path, typed);
  if (!found || !(await keep(store, found))) return undefined;
  return found.to;
}

/** For signing in anew: the same, as what the pages of people ask for. */
export const createTypedKeeping = (store: Store) => ({
  isFor: isDrafted,
  toFields,
  keep: (user: User, path: string, typed: Typed) => keepTyped(store, user, path, typed),
});

/** Whether a form of this path keeps drafts. */
export const isDrafted = (path: string): boolean =>
  path === '/register' ||
  /^\/complaints\/[^/]+\/(answer|interim|follow-up|transfer|withdraw|notes|step-[a-z_]+)$/.test(path);

/** The fields as a hidden field carries them. What somebody made up is no field. */
function toFields(json: string): Typed {
  try {
    const entries = Object.entries(JSON.parse(json) as object);
    return Object.fromEntries(
      entries.flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value.replaceAll('\0', '').toWellFormed()]] : [],
      ),
    );
  } catch {
    return {};
  }
}

async function keep(store: Store, { place, fields }: DraftForm): Promise<boolean> {
  if (written.some((field) => fields[field])) return saveDraft(store, place, fields);
  await removeDraft(store, place);
  return true;
}

async function findDraftForm(
  store: Store,
  user: User,
  path: string,
  typed: Typed,
): Promise<DraftForm | undefined> {
  const pick = (names: string[]) => Object.fromEntries(names.map((name) => [name, typed[name] ?? '']));
  if (path === '/register') {
    const key = typed.key ?? '';
    if (!may(user, 'register') || !formKey.test(key)) return undefined;
    const place = { userId: user.id, form: key };
    return { place, fields: pick(registrationFields), to: `/register?draft=${key}` };
  }
  const [, area, number = '', last, ...more] = path.split('/');
  const name = complaintFormNames.find((known) => known === last);
  const canonical = parseReceiptNumber(number);
  if (area !== 'complaints' || more.length > 0 || !canonical) return undefined;
  if (last === 'notes') return findNoteForm(store, user, canonical, typed);
  if (!name || name === 'status') return undefined;
  const file = await findComplaintPart(store, canonical);
  const form: ComplaintForm = complaintForms[name];
  if (!file || !may(user, 'read', toSubject(file)) || !may(user, form.action, toSubject(file)))
    return undefined;
  return {
    place: { userId: user.id, complaintId: file.id, form: name },
    fields: pick(Object.keys(form.blank(user, ''))),
    to: `/complaints/${canonical}?draft=${name}#form-${name}`,
  };
}

async function findNoteForm(
  store: Store,
  user: User,
  receiptNumber: string,
  { text = '' }: Typed,
): Promise<DraftForm | undefined> {
  const file = await findComplaintPart(store, receiptNumber);
  if (!file || !may(user, 'note', toSubject(file))) return undefined;
  const place = { userId: user.id, complaintId: file.id, form: 'notes' };
  return { place, fields: { text }, to: `/complaints/${receiptNumber}#notes-form` };
}
