import { type Action, asInspector, asOfficer, type Stage } from './stage.ts';
import type { ProcedureStep, Step } from './story.ts';

type Released = Extract<Step, { parts: Record<string, string> }>;

/** Answers, perhaps with a draft that comes back, until the second person releases the answer. */
export async function answerThroughReview(stage: Stage, action: Action, step: Released): Promise<void> {
  const { returned, parts, by } = step;
  const desk = stage.desks[by];
  const fields = { ...parts, ...(by === 'inspector' ? asInspector : asOfficer) };
  const words = parts.decided ?? '';
  if (returned && !stage.journal.isDone(`${action.key} returned`)) {
    const draft = { ...fields, decided: returned.decided };
    await ask(stage, action, { desk, form: 'answer', fields: draft, round: 1 });
    await decide(stage, action, { decision: 'return', comment: returned.comment, round: 1 });
    stage.journal.noteDone(`${action.key} returned`);
  }
  const asked = { desk, form: 'answer', fields, words };
  await (step.waits ? ask(stage, action, { ...asked, round: 2 }) : askAndRelease(stage, action, asked));
}

export const refuseThroughReview = (stage: Stage, action: Action, step: ProcedureStep): Promise<void> => {
  const fields: Record<string, string> = { ...asOfficer, ...(step.fields as Record<string, string>) };
  const words = fields.reasons ?? '';
  return askAndRelease(stage, action, {
    desk: stage.desks.officer,
    form: `step-${step.kind}`,
    fields,
    words,
  });
};

interface Asked {
  desk: Stage['desks']['officer'];
  form: string;
  fields: Record<string, string>;
}

/** `words`: the page shows them of an answer that is out. An earlier run may have come this far. */
async function askAndRelease(stage: Stage, action: Action, asked: Asked & { words: string }): Promise<void> {
  const isWaiting = await ask(stage, action, { ...asked, round: 2 });
  if (isWaiting) await decide(stage, action, { decision: 'release', comment: '', round: 2 });
}

/** False: nothing waits, because it is out already. */
async function ask(
  { desks }: Stage,
  { key, receiptNumber }: Action,
  { desk, form, fields, words, round }: Asked & { words?: string; round: number },
): Promise<boolean> {
  const path = `/complaints/${receiptNumber}`;
  const page = await desks.leader.read(path);
  if (page.includes('/release"')) return true;
  if (words && page.includes(words)) return false;
  const said = { ...fields, confirmed: '1' };
  const to = await desk.send(`${path}/${form}`, `${key} ${round}`, said);
  if (!to.includes('done=review_asked')) throw new Error(`${form} went out without a release: ${to}`);
  const home = await desks.leader.read('/');
  if (!home.includes(receiptNumber))
    throw new Error('the answer that waits is not among the work of the second person');
  return true;
}

async function decide(
  { desks }: Stage,
  { key, receiptNumber }: Action,
  { decision, comment, round }: { decision: 'release' | 'return'; comment: string; round: number },
): Promise<void> {
  const pattern = new RegExp(`/complaints/${receiptNumber}/reviews/[0-9a-f-]{36}/${decision}`);
  const [address] = pattern.exec(await desks.leader.read(`/complaints/${receiptNumber}`)) ?? [];
  if (!address) throw new Error(`the second person cannot ${decision} it`);
  await desks.leader.send(address, `${key} ${decision} ${round}`, { comment });
}
