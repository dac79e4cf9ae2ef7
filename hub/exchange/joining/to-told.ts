import {
  type Answer,
  isDecided,
  type Officer,
  type Post,
  type Step,
  type StepKind,
} from '../../../schemas/index.ts';
import { parseReceiptNumber } from '../../complaints/receipt-number.ts';
import type { NumberedEvent } from '../../complaints/state.ts';

/**
 * The steps that concern the matter and so all complaints that are joined. The others concern one complainant: a
 * supplement that one is asked for, an objection that one raises. For each complaint they are judged by the law anew: its
 * own clock runs on, since no article stops it for a merge (Decree, article 20).
 */
const shared: ReadonlySet<StepKind> = new Set([
  'extended',
  'clock_stopped',
  'clock_resumed',
  'survey_extended',
  'transfer_refused',
  'refused',
  'closed',
  'reopened',
  'planned',
  'plan_reviewed',
]);

/** Whether joined complaints hear of such a step. */
export const isShared = (kind: StepKind): boolean => shared.has(kind);

/**
 * What a joined complaint is told of an event of the one that leads it: what its agency says of a complaint anyway, so
 * that its board can show it. Undefined: the event does not concern it. `number`: the number of the joined complaint.
 */
export function toTold(event: NumberedEvent, number: string): Post | undefined {
  switch (event.type) {
    case 'answered':
    case 'interim_answered':
      return { answers: [toAnswer(event.data.answer, event)] };
    case 'transferred':
      // What a refused transfer leads to, the refusal itself leads to here too.
      return event.actor.via === 'hub'
        ? undefined
        : { transfer: { to: event.data.to, reason: event.data.reason } };
    case 'status_changed':
      return isDecided(event.data.to) && event.data.to !== 'answered' ? { status: event.data.to } : undefined;
    case 'withdrawn':
      return say('[병합 해제]', '함께 처리하던 민원이 취하되어, 이 민원은 따로 처리합니다.', event);
    case 'step_taken':
      return fromStep(event.data.step, event, number);
    default:
      return undefined;
  }
}

function fromStep(step: Step, event: NumberedEvent, number: string): Post | undefined {
  if (step.kind === 'joined' || step.kind === 'parted') {
    if (!step.complaints.some((text) => parseReceiptNumber(text) === number)) return undefined;
    const [name, words] =
      step.kind === 'joined'
        ? [
            '[병합]',
            '같은 취지의 다른 민원과 함께 처리합니다. 결과는 이 민원에도 따로 알려 드립니다 (민원 처리에 관한 법률 시행령 제6조).',
          ]
        : ['[병합 해제]', '다른 민원과 함께 처리하던 것을 그만두고, 이 민원은 따로 처리합니다.'];
    return say(name, `${words}\n사유: ${step.reason}`, event, step.by);
  }
  if (!isShared(step.kind)) return undefined;
  const { id: _boardsOwn, ...taken } = step;
  // The consent to a second extension is one person's own (Decree, article 21). The others' is asked for by the officer.
  if (taken.kind === 'extended') delete taken.consent;
  return { steps: [{ ...taken, at: step.at ?? event.at }] };
}

/** In Korean, as all that agencies write. The numbers and names of the others are not told. */
const say = (name: string, words: string, { at }: NumberedEvent, officer?: Officer): Post => ({
  answers: [{ interim: true, text: `${name}\n${words}`, answeredAt: at, ...(officer && { officer }) }],
});

/** The board's own id of the answer stands for its place on one post. */
function toAnswer({ id: _boardsOwn, ...answer }: Answer, { type, at }: NumberedEvent): Answer {
  return {
    ...answer,
    answeredAt: answer.answeredAt ?? at,
    ...(type === 'interim_answered' && { interim: true }),
  };
}
