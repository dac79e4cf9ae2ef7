/**
 * What is done inside offices: notes, answers that a second person releases, complaints that are joined or closed as
 * repeats, and what agencies ask of each other. Done as people do it, by the forms of the pages.
 */
import { look, takeBetween } from './between.ts';
import { isBetween } from './contributions.ts';
import { readArea, readButton } from './forms.ts';
import { numberOf } from './receipt-numbers.ts';
import { answerThroughReview, refuseThroughReview } from './review.ts';
import { type Action, asOfficer, note, type Stage } from './stage.ts';
import type { ProcedureStep, Story, Taken } from './story.ts';

/** Whether a step is one of those. The others have one form each, or are taken on a board. */
export function isOffice(step: Taken): boolean {
  if (step.do === 'answer') return 'parts' in step || step.collected === true;
  if (step.do !== 'step') return false;
  const { kind, marks, released } = step;
  return isBetween(step) || marks !== undefined || released === true || kind === 'closed_as_repeat';
}

export async function takeAtOffice(stage: Stage, story: Story, action: Action): Promise<void> {
  const { step, key, receiptNumber } = action;
  note(stage, key);
  if (step.do === 'look') return look(stage, story, action, step);
  if (step.do === 'note')
    return void (await stage.desks[step.by].send(`/complaints/${receiptNumber}/notes`, key, {
      text: step.text,
    }));
  if (step.do === 'toAudit') return toAudit(stage, action, step.person);
  if (step.do === 'answer')
    return 'parts' in step
      ? answerThroughReview(stage, action, step)
      : answerFromReplies(stage, action, step.text);
  if (step.do !== 'step') return;
  if (step.released) return refuseThroughReview(stage, action, step);
  if (step.marks) return joinOrPart(stage, action, step, step.marks);
  if (step.kind === 'closed_as_repeat') return closeAsRepeat(stage, action, step);
  return takeBetween(stage, story, action, step);
}

/** Joins complaints that the page suggests, or parts one of them. Their numbers are known once they are registered. */
async function joinOrPart(stage: Stage, action: Action, step: ProcedureStep, marks: string[]): Promise<void> {
  const path = `/complaints/${action.receiptNumber}`;
  const { officer } = stage.desks;
  const numbers = await Promise.all(marks.map((mark) => numberOf(stage, mark)));
  const page = await officer.read(`${path}?step=${step.kind}`);
  const isSuggested = (number: string) =>
    page.includes(`name="pick-${number}"`) || page.includes(`href="/complaints/${number}"`);
  const strange = numbers.filter((number) => !isSuggested(number));
  if (strange.length > 0) throw new Error(`the page does not suggest ${strange.join(', ')}`);
  const picked =
    step.kind === 'joined'
      ? Object.fromEntries(numbers.map((number) => [`pick-${number}`, '1']))
      : { complaints: numbers.join(' ') };
  const fields = { ...(step.fields as Record<string, string>), ...picked, ...asOfficer, confirmed: '1' };
  await officer.send(`${path}/step-${step.kind}`, action.key, fields);
}

/** The form is filled in with the earlier complaints whose results were told. */
async function closeAsRepeat(
  stage: Stage,
  { receiptNumber, key }: Action,
  step: ProcedureStep,
): Promise<void> {
  const { officer } = stage.desks;
  const path = `/complaints/${receiptNumber}`;
  const form = `step-${step.kind}`;
  const earlier = readArea(await officer.read(`${path}?step=${step.kind}`), form, 'earlier');
  // An earlier run has done it, or the law does not let it be done; then the watch names what is missing outside.
  if (earlier === undefined) return;
  if (earlier.trim().split(/\s+/).length !== 2) throw new Error(`the page names other results: ${earlier}`);
  const fields = { ...(step.fields as Record<string, string>), earlier, ...asOfficer, confirmed: '1' };
  await officer.send(`${path}/${form}`, key, fields);
}

async function toAudit(stage: Stage, { receiptNumber, key }: Action, person: string): Promise<void> {
  const { officer } = stage.desks;
  const path = `/complaints/${receiptNumber}`;
  const button = readButton(await officer.read(path), 'person', new RegExp(`^${person}`));
  if (button) await officer.send(`${path}/step-officer_assigned`, key, { person: button });
  if (!(await officer.read(path)).includes(`<dd>${person}`))
    throw new Error(`${person} is not named on the page`);
}

/** The page puts the replies of the other agencies together. */
async function answerFromReplies(
  stage: Stage,
  { receiptNumber, key }: Action,
  wanted: string,
): Promise<void> {
  const { officer } = stage.desks;
  const path = `/complaints/${receiptNumber}`;
  const text = readArea(await officer.read(`${path}?join=1`), 'answer', 'text')
    ?.replaceAll('\r\n', '\n')
    .trim();
  if (text !== wanted) throw new Error(`the page joins the replies to: ${text}`);
  await officer.send(`${path}/answer`, key, { text, ...asOfficer, confirmed: '1' });
}
