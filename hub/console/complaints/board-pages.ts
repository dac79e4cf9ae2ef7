import { type ComplaintKind, complaintKinds, type Status, statuses } from '../../../schemas/index.ts';
import { maskName } from '../../access/people/masking.ts';
import { may, toReadingAgency } from '../../access/people/rights.ts';
import { countLimit, countWorklist } from '../../complaints/reading/read-worklist.ts';
import {
  type ComplaintFilter,
  type Deadline,
  deadlines,
  listComplaints,
} from '../../complaints/reading/search.ts';
import type { Directory } from '../../configuration/directory.ts';
import type { Typed } from '../../web/forms.ts';
import { toPager } from '../../web/pager.ts';
import { toInternational } from '../../words/to-international.ts';
import type { Pages } from '../visit/console-context.ts';

/** The most agencies in a list of choices. If there are more, people type a code or name. */
const mostChoices = 300;

const oneOf = <W extends string>(words: readonly W[], text: string | undefined): W | undefined =>
  words.find((word) => word === text);

/** The integrated board: what waits today, and every complaint that the person may read. */
export const boardPages: Pages = (app, { store, directory }) => {
  app.get('/', async (request, reply) => {
    const user = request.signedIn();
    // An engineer has a place of his own, and no complaint.
    if (may(user, 'manage_connection')) return reply.redirect('/engineer', 303);
    const reader = toReadingAgency(user);
    const asked = request.asked();
    // Who sees no numbers must not find out by searching whose they are.
    const masked = !may(user, 'see_person');
    const [worklist, page] = await Promise.all([
      countWorklist(store, reader),
      listComplaints(
        store,
        { ...toFilter(asked, reader, directory), ...(masked ? {} : toPerson(asked.text)) },
        asked,
      ),
    ]);
    const agencies = directory.listAgencies();
    return reply.page('board', {
      worklist,
      countLimit,
      rows: page.rows.map((row) => (masked ? { ...row, complainant: maskName(row.complainant) } : row)),
      pager: toPager('/', asked, page),
      asked: { text: '', status: '', kind: '', origin: '', assignee: '', deadline: '', ...asked },
      filtered: Object.keys(asked).some((name) => !['after', 'before', 'done'].includes(name)),
      choices: { statuses, kinds: complaintKinds, deadlines },
      agencies: agencies.length > mostChoices ? null : agencies.map(({ code }) => code),
    });
  });
};

/** What was typed, as a number or an address of a person. */
function toPerson(text = ''): Pick<ComplaintFilter, 'person'> {
  const phone = toInternational(text);
  if (phone) return { person: { phone } };
  return isEmail.test(text) ? { person: { email: text } } : {};
}
const isEmail = /^[^\s@]+@[^\s@]+$/;

function toFilter(asked: Typed, reader: string | undefined, directory: Directory): ComplaintFilter {
  const wanted: { [Name in keyof ComplaintFilter]: ComplaintFilter[Name] | undefined } = {
    text: asked.text,
    status: oneOf<Status>(statuses, asked.status),
    kind: oneOf<ComplaintKind>(complaintKinds, asked.kind),
    deadline: oneOf<Deadline>(deadlines, asked.deadline),
    origin: toCode(directory, asked.origin),
    assignee: toCode(directory, asked.assignee),
    reader,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}

/** The code that was typed or chosen: an agency's code, or its whole name. */
function toCode(directory: Directory, typed: string | undefined): string | undefined {
  if (!typed || directory.findAgency(typed)) return typed;
  const named = directory.listAgencies().find(({ name }) => Object.values(name).includes(typed.trim()));
  return named?.code ?? typed;
}
