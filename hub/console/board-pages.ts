import { type ComplaintKind, complaintKinds, type Status, statuses } from '../../schemas/index.ts';
import { maskName } from '../access/masking.ts';
import { may, toReadingAgency } from '../access/rights.ts';
import { countLimit, countWorklist } from '../board/read-worklist.ts';
import { type ComplaintFilter, type Deadline, deadlines, listComplaints } from '../board/search.ts';
import type { Pages, Typed } from './console-context.ts';
import { toPager } from './pager.ts';

const oneOf = <W extends string>(words: readonly W[], text: string | undefined): W | undefined =>
  words.find((word) => word === text);

/** The integrated board: what waits today, and every complaint that the person may read. */
export const boardPages: Pages = (app, { store, directory }) => {
  app.get('/', async (request, reply) => {
    const user = request.signedIn();
    const reader = toReadingAgency(user);
    const asked = request.asked();
    const [worklist, page] = await Promise.all([
      countWorklist(store, reader),
      listComplaints(store, toFilter(asked, reader), asked),
    ]);
    const masked = !may(user, 'see_person');
    return reply.page('board', {
      worklist,
      countLimit,
      rows: page.rows.map((row) => (masked ? { ...row, complainant: maskName(row.complainant) } : row)),
      pager: toPager('/', asked, page),
      asked: { text: '', status: '', kind: '', origin: '', assignee: '', deadline: '', ...asked },
      filtered: Object.keys(asked).some((name) => !['after', 'before', 'done'].includes(name)),
      choices: { statuses, kinds: complaintKinds, deadlines },
      agencies: directory.listAgencies().map((agency) => agency.code),
    });
  });
};

function toFilter(asked: Typed, reader: string | undefined): ComplaintFilter {
  const wanted: { [Name in keyof ComplaintFilter]: ComplaintFilter[Name] | undefined } = {
    text: asked.text,
    status: oneOf<Status>(statuses, asked.status),
    kind: oneOf<ComplaintKind>(complaintKinds, asked.kind),
    deadline: oneOf<Deadline>(deadlines, asked.deadline),
    origin: asked.origin,
    assignee: asked.assignee,
    reader,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}
