import type { Step, StepOf } from '../../../../schemas/index.ts';
import { may } from '../../../access/people/rights.ts';
import type { User } from '../../../access/people/users.ts';
import { isClosable } from '../../../complaints/joining/find-joining-problems.ts';
import { readEarlierSame, readPeers } from '../../../complaints/joining/read-surroundings.ts';
import { listTold, type Surroundings } from '../../../complaints/joining/surroundings.ts';
import { type Candidate, listCandidates } from '../../../complaints/reading/joining/list-candidates.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import { toComplaint } from '../../../complaints/reading/to-matter.ts';
import type { Typed } from '../../../web/forms.ts';
import { maskName } from '../../../words/mask-name.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { toSubject } from '../complaint-file.ts';
import type { ComplaintFormName } from '../complaint-forms.ts';
import { toKindNow } from '../steps/usable-steps.ts';
import { type JoinedEntry, listJoined } from './list-joined.ts';
import { toRepeats } from './show-repeats.ts';

/** What stands around the complaint of a page. */
export async function readAround(
  { store }: Pick<ConsoleDeps, 'store'>,
  file: ComplaintFile,
): Promise<Surroundings> {
  const [peers, earlier] = await Promise.all([
    readPeers(store.pool, file.id, []),
    readEarlierSame(store.pool, toComplaint(file)),
  ]);
  return { ...peers, earlier };
}

/** The forms without those that have no cause: nothing to part from, or no repeat that the law lets anybody close. */
export const withCause = (
  usable: readonly ComplaintFormName[],
  file: ComplaintFile,
  around: Surroundings,
): ComplaintFormName[] =>
  usable.filter((name) => {
    if (name === 'step-joined') return around.lead === null;
    if (name === 'step-parted') return around.group.length > 0;
    if (name !== 'step-closed_as_repeat') return true;
    return toKindNow(file) !== 'statutory' && isClosable(around.earlier, file.takenInAt);
  });

interface ShownJoining {
  lead: string | null;
  joined: JoinedEntry[];
  represented: { people: number | null; names: string } | null;
}

/** Who is joined and represented, as the page shows it. Null: nothing of the kind. */
async function toShown(
  { store }: Pick<ConsoleDeps, 'store'>,
  file: ComplaintFile,
  { lead, group }: Surroundings,
  seesPerson: boolean,
): Promise<ShownJoining | null> {
  const joined = group.length > 0 ? await listJoined(store, file.id) : [];
  const represented = findRepresented(file, seesPerson);
  if (lead === null && joined.length === 0 && !represented) return null;
  const masked = joined.map((one) => (seesPerson ? one : { ...one, complainant: maskName(one.complainant) }));
  return { lead, joined: masked, represented };
}

function findRepresented({ events }: ComplaintFile, seesPerson: boolean): ShownJoining['represented'] {
  const steps = events.flatMap(({ type, data }) => (type === 'step_taken' ? [data.step as Step] : []));
  const newest = steps.findLast((step): step is StepOf<'represented'> => step.kind === 'represented');
  if (!newest) return null;
  const names = newest.representatives.map((name) => (seesPerson ? name : maskName(name)));
  return { people: newest.people ?? null, names: names.join(', ') };
}

/** What the page of a complaint shows of the complaints around it, and what the forms of these begin with. */
export async function toJoining(
  deps: ConsoleDeps,
  user: User,
  file: ComplaintFile,
  { around, usable }: { around: Surroundings; usable: readonly ComplaintFormName[] },
) {
  const seesPerson = may(user, 'see_person', toSubject(file));
  return {
    joining: await toShown(deps, file, around, seesPerson),
    repeats: seesPerson ? await toRepeats(deps, user, file, { around, usable }) : null,
  };
}

/** What a form begins with. Undefined: with nothing. */
export const toPrefill = (
  name: ComplaintFormName,
  file: ComplaintFile,
  around: Surroundings,
): Typed | undefined =>
  name === 'step-closed_as_repeat'
    ? {
        earlier: listTold(around.earlier, file.takenInAt)
          .map(({ receiptNumber }) => receiptNumber)
          .join('\n'),
      }
    : undefined;

/** The complaints that the form suggests to join. Null: it is another form. */
export const toCandidates = (
  { store }: Pick<ConsoleDeps, 'store'>,
  kind: string,
  file: ComplaintFile,
): Promise<Candidate[]> | null => (kind === 'joined' ? listCandidates(store.pool, toComplaint(file)) : null);
