import {
  type ComplaintKind,
  owingStatuses,
  type Problem,
  type Reason,
  type StepOf,
  toReason,
} from '../../../schemas/index.ts';
import { parseReceiptNumber } from '../receipt-number.ts';
import type { Matter } from '../state.ts';
import { countPeople } from './same-person.ts';
import { type EarlierSame, listTold, type Peer, type Surroundings } from './surroundings.ts';

/** The least number of complainants whose complaints of one purpose may be taken in as one (Decree, article 6). */
const fewestToJoin = 5;
/** The least number of people who file jointly and are represented, and the most representatives (Decree, article 8). */
const fewestRepresented = 3;
const mostRepresentatives = 3;
/** A complaint may be closed from this identical one on, after as many results were told (Act, article 23). */
const closableFrom = 3;
const toldAtLeast = 2;

type JoiningStep = StepOf<'joined'> | StepOf<'parted'> | StepOf<'represented'> | StepOf<'closed_as_repeat'>;

const at = (pointer: string, reason: Reason): Problem[] => [{ pointer, reason }];

/** Why the law does not let complaints be joined, parted, represented or closed as repeats now. Pointers begin at the step. */
export function findJoiningProblems(
  step: JoiningStep,
  matter: Matter,
  around: Surroundings,
  kind: ComplaintKind,
): Problem[] {
  switch (step.kind) {
    case 'joined':
      return judgeJoin(step, matter, around);
    case 'parted':
      return judgeParting(step, around);
    case 'represented':
      return judgeRepresentation(step, around);
    case 'closed_as_repeat':
      return judgeRepeat(step, matter, around, kind);
  }
}

function judgeJoin({ complaints }: StepOf<'joined'>, { complaint }: Matter, around: Surroundings): Problem[] {
  const { lead, group, named } = around;
  if (lead !== null) return at('', toReason('join_taken', { lead }));
  const problems = complaints.flatMap((text, index) => {
    const number = parseReceiptNumber(text) ?? text;
    const reason =
      number === complaint.receiptNumber
        ? toReason('join_self')
        : findPeerProblem(named.get(number), complaint);
    return reason ? at(`/complaints/${index}`, reason) : [];
  });
  if (problems.length > 0) return problems;
  const joining = new Set(complaints.flatMap((text) => named.get(parseReceiptNumber(text) ?? '') ?? []));
  const people = [complaint.content.complainant, ...[...group, ...joining].map((peer) => peer.complainant)];
  const n = countPeople(people);
  return n < fewestToJoin ? at('/complaints', toReason('join_too_few', { n })) : [];
}

/** An agency learns nothing of a complaint in which it has no part, not even that there is one. */
function findPeerProblem(peer: Peer | undefined, { assignee }: Matter['complaint']) {
  if (!peer?.agencies.includes(assignee)) return toReason('join_unknown');
  if (peer.assignee !== assignee) return toReason('join_other_agency', { agency: peer.assignee });
  if (!owingStatuses.includes(peer.status)) return toReason('join_ended', { status: peer.status });
  if (peer.lead !== null) return toReason('join_taken', { lead: peer.lead });
  return peer.leads ? toReason('join_leads') : undefined;
}

function judgeParting({ complaints }: StepOf<'parted'>, { group }: Surroundings): Problem[] {
  const numbers = group.map(({ receiptNumber }) => receiptNumber);
  return complaints.flatMap((text, index) =>
    numbers.includes(parseReceiptNumber(text) ?? text)
      ? []
      : at(`/complaints/${index}`, toReason('part_none', { numbers: numbers.join(', ') || '-' })),
  );
}

function judgeRepresentation(
  { representatives, people }: StepOf<'represented'>,
  { group }: Surroundings,
): Problem[] {
  const n = people ?? group.length + 1;
  if (n < fewestRepresented) return at('/people', toReason('represented_few', { n }));
  return representatives.length > mostRepresentatives
    ? at('/representatives', toReason('represented_many'))
    : [];
}

/** Whether the law lets a complaint that was taken in then be closed as a repeat (Act, article 23). */
export const isClosable = (earlier: readonly EarlierSame[], takenInAt: Date): boolean =>
  earlier.length + 1 >= closableFrom && listTold(earlier, takenInAt).length >= toldAtLeast;

function judgeRepeat(
  step: StepOf<'closed_as_repeat'>,
  { complaint }: Matter,
  { earlier }: Surroundings,
  kind: ComplaintKind,
): Problem[] {
  if (kind === 'statutory') return at('', toReason('repeat_statutory'));
  if (earlier.length + 1 < closableFrom) return at('', toReason('repeat_few', { n: earlier.length + 1 }));
  const told = listTold(earlier, new Date(complaint.takenInAt ?? complaint.registeredAt));
  if (told.length < toldAtLeast) return at('', toReason('repeat_untold', { n: told.length }));
  const numbers = told.map(({ receiptNumber }) => receiptNumber);
  const shown = { numbers: numbers.join(', ') };
  const named = step.earlier.map((text) => parseReceiptNumber(text) ?? text);
  const wrong = named.findIndex((number) => !numbers.includes(number));
  if (wrong !== -1) return at(`/earlier/${wrong}`, toReason('repeat_other', shown));
  return new Set(named).size < toldAtLeast ? at('/earlier', toReason('repeat_two', shown)) : [];
}
