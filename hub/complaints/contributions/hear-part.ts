import {
  type Answer,
  type AttachmentReference,
  normaliseText,
  type Post,
  type Step,
} from '../../../schemas/index.ts';
import type { Matter, NumberedEvent, PartLink, Statement } from '../state.ts';
import { foldContributions } from './fold-contributions.ts';
import { tellPart } from './tell-part.ts';

/** What a board says of a part. */
export interface HeardPart {
  /** The same as steps of the agency that was asked. Without any: the board says nothing new. */
  post: Post;
  /** The reply that was heard before, which the board shows again: it may have got files since. */
  before?: { event: NumberedEvent; files: AttachmentReference[] };
}

/**
 * Reads the post of a part: an answer there is the reply to the agency that asked, and no answer to the complainant. A
 * board shows everything each time, also what the hub wrote there, so only other words than before are news.
 */
export function hearPart(matter: Matter, { post }: Statement, link: PartLink): HeardPart {
  const number = link.contribution;
  const said = (post.answers ?? []).filter((answer) => !answer.interim && !isOurs(matter, link, answer));
  const last = said.at(-1);
  const isRefused = post.status === 'rejected' && link.seen.status !== 'rejected';
  const isAsked = foldContributions(matter.told)[number - 1]?.state === 'asked';
  const reason = last?.text ?? '게시판에서 거절로 처리하였습니다.';
  // What is too long for a reason is a reply, whatever the board calls it.
  if (isRefused && isAsked && reason.length <= mostReason)
    return toSteps({ kind: 'contribution_refused', contribution: number, reason });
  if (!last) return { post: { steps: [] } };
  const text = said.map((answer) => answer.text).join('\n\n');
  const before = findHeard(matter, link);
  const attachments = said.flatMap((answer) => answer.attachments ?? []).slice(0, 50);
  if (before && normaliseText(wordsOf(before)) === normaliseText(text))
    return { post: { steps: [] }, before: { event: before, files: attachments } };
  return toSteps({
    ...{ kind: 'contribution_answered', contribution: number, text },
    ...(last.id !== undefined && { id: last.id }),
    ...(last.officer && { by: last.officer }),
    ...(attachments.length > 0 && { attachments }),
  });
}

const mostReason = 2000;
const toSteps = (step: Step): HeardPart => ({ post: { steps: [step] } });

/** The newest that this board itself said of the part. */
function findHeard({ told }: Matter, link: PartLink): NumberedEvent | undefined {
  return told.findLast((event) => event.type === 'contributed' && event.linkId === link.id);
}

function wordsOf({ data }: NumberedEvent): string {
  const step = 'step' in data ? data.step : undefined;
  if (step?.kind === 'contribution_answered') return step.text;
  return step?.kind === 'contribution_refused' ? step.reason : '';
}

/** The hub wrote it there: it is known by its id on the board, otherwise by its words. */
function isOurs({ told, complaint }: Matter, link: PartLink, answer: Answer): boolean {
  const place = { agency: link.agency, number: link.contribution };
  const { events } = tellPart(told, place, complaint);
  const ours = told.filter(({ seq, linkId }) => linkId !== link.id && events.has(seq));
  if (answer.id !== undefined && ours.some(({ seq }) => link.parts[seq] === answer.id)) return true;
  const words = normaliseText(answer.text);
  return ours.some(({ seq }) => {
    const said = events.get(seq);
    const isSame =
      said !== undefined && 'answer' in said.data && normaliseText(said.data.answer.text) === words;
    if (isSame && answer.id !== undefined && link.parts[seq] === undefined) link.parts[seq] = answer.id;
    return isSame;
  });
}
