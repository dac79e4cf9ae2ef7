import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { maskAddress, maskComplainant, maskName } from '../access/masking.ts';
import { may } from '../access/rights.ts';
import type { User } from '../access/users.ts';
import { type ComplaintFile, findComplaintFile, listEarlierComplaints } from '../board/read-complaint.ts';
import { parseReceiptNumber } from '../board/receipt-number.ts';
import {
  type ComplaintForm,
  type ComplaintFormName,
  complaintFormNames,
  complaintForms,
  listUsableForms,
  settableStatuses,
  toActingAgency,
  toSubject,
} from './complaint-forms.ts';
import type { ConsoleDeps, Pages, Typed } from './console-context.ts';
import { ConsoleError } from './console-error.ts';
import { type FormProblems, noProblems, toFormProblems, toShown } from './form-problems.ts';
import { submit } from './submit.ts';

/** A form that came back because something is wrong with it. */
interface Returned {
  name: ComplaintFormName;
  typed: Typed;
  problems: FormProblems;
}

/** A complaint with its history, and the forms by which people go on with it. */
export const complaintPages: Pages = (app, deps) => {
  app.get('/complaints/:receiptNumber', async (request, reply) =>
    showComplaint(deps, request, reply, await getFile(deps, request)),
  );

  app.post('/complaints/:receiptNumber/:form', async (request, reply) => {
    const user = request.signedIn();
    const file = await getFile(deps, request);
    const { form: asked } = request.params as { form: string };
    const name = complaintFormNames.find((known) => known === asked);
    if (!name) throw new ConsoleError('not_found');
    const form: ComplaintForm = complaintForms[name];
    if (!may(user, form.action, toSubject(file))) throw new ConsoleError('forbidden');
    const typed = request.typed();
    const submitted = await submit(deps.accept, {
      agency: toActingAgency(user, form, file),
      user: user.login,
      complaintId: file.id,
      post: form.toPost(typed),
      typed,
    });
    if (submitted.ok) {
      const { accepted } = submitted;
      const nothing = accepted.outcome === 'applied' && accepted.events === 0;
      const done = nothing ? 'nothing' : name.replace('-', '_');
      return reply.redirect(`/complaints/${file.receiptNumber}?done=${done}`, 303);
    }
    const problems = toFormProblems(submitted.problems, form.places, typed);
    return showComplaint(deps, request, reply, file, { name, typed, problems });
  });
};

/** The complaint of the address; to one who may not read it there is none. */
async function getFile({ store }: ConsoleDeps, request: FastifyRequest): Promise<ComplaintFile> {
  const { receiptNumber } = request.params as { receiptNumber: string };
  const canonical = parseReceiptNumber(receiptNumber);
  const file = canonical && (await findComplaintFile(store, canonical));
  if (!file || !may(request.signedIn(), 'read', toSubject(file))) throw new ConsoleError('not_found');
  return file;
}

async function showComplaint(
  { store, directory }: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  file: ComplaintFile,
  returned?: Returned,
) {
  const user = request.signedIn();
  const seesPerson = may(user, 'see_person', toSubject(file));
  const { complainant } = file.content;
  const earlier =
    seesPerson && may(user, 'register') ? await listEarlierComplaints(store, complainant, file.id) : [];
  const phone = directory.findAgency(file.assignee)?.phone ?? '';
  const forms = listUsableForms(user, file).map((name) => toFormData(name, user, phone, returned));
  const data = {
    file: seesPerson ? file : maskFile(file),
    earlier,
    forms,
    agencies: directory.listAgencies().flatMap(({ code }) => (code === file.assignee ? [] : [code])),
    statuses: settableStatuses.filter((status) => status !== file.status),
  };
  return reply.page('complaint', data, returned ? 422 : 200);
}

function toFormData(name: ComplaintFormName, user: User, phone: string, returned: Returned | undefined) {
  const form: ComplaintForm = complaintForms[name];
  const isReturned = returned?.name === name;
  const blank = form.blank(user, phone);
  return {
    name,
    isReturned,
    key: (isReturned && returned.typed.key) || randomUUID(),
    values: isReturned ? { ...blank, ...returned.typed } : blank,
    problems: toShown(Object.keys(blank), isReturned ? returned.problems : noProblems),
  };
}

function maskFile(file: ComplaintFile): ComplaintFile {
  return {
    ...file,
    content: { ...file.content, complainant: maskComplainant(file.content.complainant) },
    notices: file.notices.map((notice) => ({
      ...notice,
      recipient: maskName(notice.recipient),
      address: notice.address && maskAddress(notice.address),
    })),
  };
}
