import { setTimeout as pause } from 'node:timers/promises';
import type { NewFile } from '../boards/file-storage.ts';
import type { NewStep } from '../boards/rest-board/store.ts';
import type { SoapBoard } from '../boards/soap-board/index.ts';
import type { BoardCopy } from './board-copies.ts';
import { assigneeAfter, expectedOf, isComplainants, originOf, partOf, procedure } from './expected.ts';
import { toFile } from './files.ts';
import { fileOnSbiz, fileOnTechno, fileOnTextile, toDoorContent, toPhoneForm } from './filing.ts';
import { isOffice, takeAtOffice } from './office.ts';
import { awaitAnswered, numberOf, toReceiptNumber } from './receipt-numbers.ts';
import { type Action, asOfficer, note, type Stage } from './stage.ts';
import { isInside, keyOf, type ProcedureStep, type Story, type Taken } from './story.ts';

/** Milliseconds between two filings, and between two looks at the console. */
const stagger = 60;
const lookAgainAfter = 300;

/**
 * Plays the stories in parallel, and the steps of each story in order. A person acts when the last step has arrived
 * everywhere. Steps that an earlier run has done are not repeated. Returns what went wrong.
 */
export async function play(
  stage: Stage,
  stories: Story[],
  finished: (story: Story) => void,
): Promise<string[]> {
  const failures: string[] = [];
  // If messages stay in the hub, a complaint by phone may leave no trace outside. Then it is sent again.
  const isOpen = (story: Story) =>
    !stage.outside.mailFile || stage.watch.missing(story.mark, expectedOf(story).facts).length > 0;
  const open = stories.filter((story) => isOpen(story));
  for (const story of stories) if (!open.includes(story)) finished(story);
  await Promise.all(
    open.map(async (story, index) => {
      await pause(index * stagger);
      try {
        await tell(stage, story);
        finished(story);
      } catch (error) {
        failures.push(`${story.mark}: ${(error as Error).message}`);
      }
    }),
  );
  return failures;
}

async function tell(stage: Stage, story: Story): Promise<void> {
  const { watch, journal } = stage;
  if (story.before) {
    await tell(stage, story.before);
    await awaitAnswered(stage, story.before);
  }
  let receiptNumber = await file(stage, story);
  if (story.obstacle && stage.outside.mailFile) await findParked(stage, story);
  await watch.arrive(story.mark, expectedOf(story, 0).facts);
  for (const [index, step] of story.steps.entries()) {
    const done = index + 1;
    const key = `${keyOf(story)}/${done}`;
    const { facts } = expectedOf(story, done);
    const unseen = isUnseen(stage, story, index);
    // A step that leaves no trace outside is taken again if a run ended before it noted it; the hub knows it by its key.
    if (unseen ? journal.isDone(key) : watch.missing(story.mark, facts).length === 0) continue;
    const agency = assigneeAfter(story, index);
    if (agency === 'market' || isInside(step) || isOffice(step))
      receiptNumber ??= await numberOf(stage, story.mark);
    const shown = shownFirst(story, index);
    if (!step.heard)
      await act(stage, story, { step, agency, key, receiptNumber: receiptNumber ?? '', shown });
    if (unseen) journal.noteDone(key);
    await watch.arrive(story.mark, facts);
  }
  // Statuses are checked last. If two were written to one board in the same second, the hub restores the right one.
  await watch.arrive(story.mark, expectedOf(story).facts);
}

/**
 * The status that the assignee's board shows before its officer takes the step; undefined: any. An officer acts when the
 * board shows that the complaint has arrived, not when the mail does. An agency may get a complaint back: its board then
 * shows it as transferred until the hub has written the new state.
 */
function shownFirst(story: Story, index: number): string | undefined {
  const before = story.steps[index - 1];
  if (before && assigneeAfter(story, index) !== assigneeAfter(story, index - 1)) return 'received';
  return before?.do === 'step' && isComplainants(before) ? procedure[before.kind].status : undefined;
}

const isUnseen = ({ watch }: Stage, story: Story, index: number): boolean => {
  const facts = (done: number) => JSON.stringify([...watch.visible(expectedOf(story, done).facts)]);
  return facts(index) === facts(index + 1);
};

/** Files the complaint if it is not yet filed. Returns the receipt number if the complainant gets it at once. */
async function file(stage: Stage, story: Story): Promise<string | undefined> {
  const { outside, observer, desks, programs } = stage;
  const files = filesOf(story, story.files);
  const key = `${keyOf(story)}/0`;
  const origin = originOf(story);
  if (origin && origin !== 'market') {
    if (observer.copyOn(story.mark, origin)) return undefined;
    note(stage, key);
    if (origin === 'textile') await outside.textile.file(fileOnTextile(story));
    else if (origin === 'sbiz') outside.sbiz.file(fileOnSbiz(story), files);
    else outside.techno.file(fileOnTechno(story), files);
    return undefined;
  }
  // A second run sends it again, and the hub must recognise it.
  if (observer.factsOf(story.mark).size === 0) note(stage, key);
  if (origin) return programs.market.register(key, toDoorContent(story), files);
  return toReceiptNumber(await desks.counsellor.send('/register', key, toPhoneForm(story), files));
}

const filesOf = ({ mark }: Story, names: string[] = []) => names.map((name) => toFile(mark, name));

async function act(stage: Stage, story: Story, action: Action): Promise<void> {
  const { step, agency, key, receiptNumber } = action;
  if (isInside(step) || isOffice(step)) return takeAtOffice(stage, story, action);
  const actor = isComplainants(step) ? originOf(story) : agency;
  if (actor === 'textile') return answerOnTextile(stage, story, { ...action, step });
  if (actor === 'sbiz' || actor === 'techno') return actOnBoard(stage, story, actor, { ...action, step });
  note(stage, key);
  if (actor === 'market' && step.do === 'followUp')
    return stage.programs.market.followUp(key, receiptNumber, step.text);
  const { counsellor, officer } = stage.desks;
  if (actor === 'market' && step.do === 'step' && isComplainants(step))
    return stage.programs.market.step(key, receiptNumber, { kind: step.kind, ...step.fields });
  const [desk, form, fields] = actor ? [officer, ...toForm(step)] : [counsellor, ...toForm(step)];
  const files = filesOf(story, 'files' in step ? step.files : []);
  // The page asks before it sends; this is the answer to that.
  const said = { ...fields, confirmed: '1' };
  await desk.send(`/complaints/${receiptNumber}/${form}`, key, said, files);
}

/** The console's form for a step, and its fields. */
function toForm(step: Taken): [form: string, fields: Record<string, string>] {
  switch (step.do) {
    case 'answer':
    case 'interim':
      return [step.do, { text: step.text, ...asOfficer }];
    case 'followUp':
      return ['follow-up', { text: step.text }];
    case 'withdraw':
      return ['withdraw', { reason: step.reason }];
    case 'transfer':
      return ['transfer', { to: step.to, reason: step.reason }];
    case 'step':
      return [`step-${step.kind}`, { ...asOfficer, ...(step.fields as Record<string, string>) }];
  }
}

type BoardAction = Action & { step: Taken };

/** GNUBoard's questions can only be answered. */
async function answerOnTextile(stage: Stage, { mark }: Story, { step, key }: Action): Promise<void> {
  const copy = stage.observer.copyOn(mark, 'textile');
  if (!copy || step.do !== 'answer') throw new Error(`textile cannot ${step.do} ${mark}`);
  if (isDone(step, copy)) return;
  note(stage, key);
  await stage.outside.textile.answer(Number(copy.id), step.text);
}

async function actOnBoard(
  stage: Stage,
  story: Story,
  actor: 'sbiz' | 'techno',
  { step, key, shown }: BoardAction,
): Promise<void> {
  const { observer, watch } = stage;
  const { mark } = story;
  const copy = observer.copyOn(mark, actor);
  if (!copy) throw new Error(`${actor} does not hold it`);
  // An earlier run may have done it and been killed before it arrived elsewhere.
  if (isDone(step, copy)) return;
  if (shown)
    await watch.until(() =>
      observer.copyOn(mark, actor)?.status === shown ? [] : [`${shown} on the board of ${actor}`],
    );
  note(stage, key);
  const { sbiz, techno } = stage.outside;
  const files = filesOf(story, 'files' in step ? step.files : []);
  if (step.do === 'step') sbiz.step(Number(copy.id), step.fields as NewStep);
  else if (actor === 'sbiz') onBoard(sbiz, Number(copy.id), step, files);
  else onBoard(toHands(techno), copy.id, step, files);
}

function isDone(step: Taken, copy: BoardCopy): boolean {
  if (step.do === 'transfer') return copy.passedTo === step.to;
  if (step.do === 'withdraw') return copy.status === 'withdrawn';
  if (step.do === 'step') return copy.steps.includes((step.fields as NewStep).type);
  return copy.parts.includes(partOf(step));
}

interface BoardHands<Id> {
  answer(id: Id, text: string, files: NewFile[]): unknown;
  interim(id: Id, text: string): unknown;
  followUp(id: Id, text: string, files: NewFile[]): unknown;
  withdraw(id: Id, reason: string): void;
  transfer(id: Id, to: string, reason: string): void;
}

/** The answers show the board's default officer. */
const toHands = (techno: SoapBoard): BoardHands<string> => ({
  ...techno,
  answer: (id, text, files) => techno.answer(id, text, {}, files),
});

function onBoard<Id>(
  board: BoardHands<Id>,
  id: Id,
  step: Exclude<Taken, ProcedureStep>,
  files: NewFile[],
): void {
  if (step.do === 'transfer') board.transfer(id, step.to, step.reason);
  else if (step.do === 'withdraw') board.withdraw(id, step.reason);
  else board[step.do](id, step.text, files);
}

/** Finds a parked item or link, which must be on the operator's page. */
async function findParked(stage: Stage, story: Story): Promise<void> {
  const { observer, watch, desks } = stage;
  const isLink = story.obstacle === 'charset';
  const wanted = new Map([...expectedOf(story).facts].filter(([fact]) => !fact.startsWith('parked')));
  await watch.arrive(story.mark, wanted);
  const sign = isLink
    ? `/complaints/${await numberOf(stage, story.mark)}"`
    : ` ${observer.copyOn(story.mark, 'sbiz')?.id}</span>`;
  // If the page never shows it, the watch ends this at its deadline.
  const arrived = watch.arrive(story.mark, expectedOf(story).facts);
  let over = false;
  arrived.then(
    () => {
      over = true;
    },
    () => {
      over = true;
    },
  );
  while (!over) {
    if ((await desks.administrator.read('/parked')).includes(sign))
      observer.noteParked(story.mark, isLink ? 'link' : 'item');
    await pause(lookAgainAfter);
  }
  await arrived;
}
