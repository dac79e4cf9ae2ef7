import { toDate, toEndOfDay } from './days.ts';
import { originOf } from './expected.ts';
import { spelt } from './filing.ts';
import { readChoices } from './forms.ts';
import type { Request } from './programs.ts';
import { type Action, asOfficer, type Stage } from './stage.ts';
import type { AgencyCode, Hand, Person, ProcedureStep, Step, Story } from './story.ts';

/** What people of an agency enter about themselves; a program sends the same. */
const speakers: Record<AgencyCode, { department: string; officer: string; contact: string }> = {
  market: asOfficer,
  techno: { department: '기술지원팀', officer: '윤시험', contact: '042-555-0100' },
  textile: { department: '민원지원부', officer: '최담당', contact: '053-123-4567' },
  sbiz: { department: '고객지원팀', officer: '박지원', contact: '02-555-0200' },
};

/** Asks another agency, replies to it, or changes what was asked: in the console, or by a program at a door. */
export async function takeBetween(
  stage: Stage,
  story: Story,
  { agency, key, receiptNumber }: Action,
  step: ProcedureStep,
): Promise<void> {
  const by = step.by ?? { agency, at: 'console' };
  const fields = step.fields as Record<string, string>;
  if (by.at === 'console')
    return atTheConsole(stage, story, { key, receiptNumber, by, step, isLead: by.agency === agency });
  const { department, officer: name, contact } = speakers[by.agency];
  const { contribution, until, ...words } = fields;
  await stage.programs[by.agency].step(key, receiptNumber, {
    kind: step.kind,
    ...words,
    ...(contribution && { contribution: Number(contribution) }),
    ...(until && { until: toEndOfDay(until) }),
    ...(step.kind === 'contribution_answered' && { by: { department, name, contact } }),
  });
}

interface AtConsole {
  key: string;
  receiptNumber: string;
  by: Hand;
  step: ProcedureStep;
  isLead: boolean;
}

async function atTheConsole(
  stage: Stage,
  story: Story,
  { key, receiptNumber, by, step, isLead }: AtConsole,
): Promise<void> {
  const desk = stage.desks[by.agency === 'techno' ? 'techno' : 'officer'];
  const fields = step.fields as Record<string, string>;
  const path = `/complaints/${receiptNumber}`;
  const page = await desk.read(`${path}?step=${step.kind}`);
  if (!isLead) mustHide(page, story.person);
  const choice = readChoices(page, `step-${step.kind}`, 'contribution').find((one) =>
    one.startsWith(`${fields.contribution}/`),
  );
  if (fields.contribution && !choice) {
    // An earlier run has done it, or it cannot be done; then the watch names what is missing outside.
    return;
  }
  if (!isLead && !(await desk.read('/')).includes(receiptNumber))
    throw new Error(`what ${by.agency} owes is not on the first page of its officer`);
  await desk.send(`${path}/step-${step.kind}`, key, {
    ...speakers[by.agency],
    ...fields,
    ...(choice && { contribution: choice }),
    ...(fields.until && { until: toDate(fields.until) }),
    confirmed: '1',
  });
}

/** The agency that leads speaks to the complainant. The others see a masked name, and of a number its last digits at most. */
function mustHide(text: string, { name, email, phone }: Person): void {
  const shown = [name, email, phone, phone?.slice(-8), spelt(phone)].filter(
    (part) => part && text.includes(part),
  );
  if (shown.length > 0) throw new Error(`an agency that was asked sees ${shown.join(', ')}`);
}

/** A program reads what its agency owes and sees, and it must be what the story says. */
export async function look(
  stage: Stage,
  story: Story,
  { agency, receiptNumber }: Action,
  { by, owes, sees }: Extract<Step, { do: 'look' }>,
): Promise<void> {
  const program = stage.programs[by.agency];
  const owed = (await program.listOwed()).filter((one) => one.receiptNumber === receiptNumber);
  mustEqual(`${by.agency} owes at the ${by.at} door`, owed.map(toOwed), owes);
  const seen = await program.listRequests(receiptNumber);
  mustEqual(`${by.agency} sees at the ${by.at} door`, seen.map(toSeen), sees);
  const isOutsider = by.agency !== agency && by.agency !== originOf(story);
  if (isOutsider) mustHide(await program.read(receiptNumber), story.person);
}

const toOwed = ({ number, kind, by }: Request) => `${number} ${kind} for ${by}`;
const toSeen = ({ number, kind, by, to, state, extended, shared, text, reply, reason }: Request) =>
  `${number} ${kind} ${by} → ${to} ${state}${extended ? ', extended' : ''}${shared ? ', shared' : ''}: ` +
  [text, reply ?? reason].filter(Boolean).join(' / ');

function mustEqual(what: string, found: string[], wanted: string[]): void {
  if (JSON.stringify(found) !== JSON.stringify(wanted))
    throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
}
