import type { ComplaintEvent, Post, Step } from '../../../schemas/index.ts';
import { maskAddress } from '../../access/people/masking.ts';
import { may } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import type { ComplaintFile } from '../../complaints/reading/read-complaint.ts';
import { toComplaint } from '../../complaints/reading/to-matter.ts';
import { isShared } from '../../exchange/joining/to-told.ts';
import { planNotices } from '../../notify/plan.ts';
import type { FormWithFiles } from '../../web/form-files.ts';
import type { Typed } from '../../web/forms.ts';
import { maskName } from '../../words/mask-name.ts';
import { toNational } from '../../words/to-national.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';
import { isAnswered, toSubject } from './complaint-file.ts';
import type { ComplaintFormName } from './complaint-forms.ts';
import { toShownContributions } from './contributions/show-contributions.ts';
import { toShownStep } from './steps/shown-step.ts';

interface Asked {
  name: ComplaintFormName;
  given: FormWithFiles;
  /** What the form would say. */
  post: Post;
  /** Another person releases it before it goes out. */
  isReviewed: boolean;
  /** How many complaints are joined to it. */
  joined: number;
}

/** The question before a form is sent: what goes out, to whom, and by which way. The same plan sends it later. */
export function toConfirmation(
  { directory }: Pick<ConsoleDeps, 'directory'>,
  user: User,
  file: ComplaintFile,
  { name, given: { typed, files }, post, isReviewed, joined }: Asked,
) {
  const seesPerson = may(user, 'see_person', toSubject(file));
  const step = post.steps?.[0];
  const text = post.answers?.[0]?.text ?? typed.text ?? '';
  const event = toEvent(name, user, file, { typed: { ...typed, text }, step });
  const plans = event
    ? planNotices({ complaint: toComplaint(file), events: [event], directory, now: new Date() })
    : [];
  const { formToken: _token, uploaded: _uploaded, ...kept } = typed;
  return {
    file: { receiptNumber: file.receiptNumber, title: file.content.title },
    form: name,
    kept: Object.entries(kept).map(([field, value]) => ({ field, value })),
    typed: { reason: '', to: '', ...typed, text },
    step: step ? toShownStep(step) : null,
    files,
    joined: isTold(name, step) ? joined : 0,
    isJoining: step?.kind === 'joined' || step?.kind === 'parted',
    isReviewed,
    isSecond: name === 'answer' && isAnswered(file),
    awaited:
      name === 'answer' &&
      toShownContributions(user, file, () => undefined).rows.some(({ isAwaited }) => isAwaited),
    receivers: plans.map(({ audience, agency, recipient, channel, address, state, last_error }) => ({
      audience,
      agency,
      recipient: audience === 'complainant' && !seesPerson ? maskName(recipient) : recipient,
      channel,
      address: address && (seesPerson || audience === 'officer' ? toNational(address) : maskAddress(address)),
      isReachable: state === 'due',
      problem: last_error,
    })),
    boards: listBoards(file, typed.to),
  };
}

/** Whether complaints that are joined to it hear of it too. */
const isTold = (name: ComplaintFormName, step: Step | undefined): boolean =>
  step ? isShared(step.kind) : name === 'answer' || name === 'interim' || name === 'transfer';

/** The boards that show it afterwards: those that hold the complaint, and the one that it goes to. */
function listBoards({ links }: ComplaintFile, to: string | undefined): string[] {
  const held = links.filter(({ state }) => state !== 'screen').map(({ agency }) => agency);
  return [...new Set(to ? [...held, to] : held)];
}

/** What a form says, without what the question added: the same text sent again is the same call. */
export function withoutConfirmation(typed: Typed): Typed {
  const { confirmed: _confirmed, change: _change, ...rest } = typed;
  return rest;
}

/** The event that the form would make. Undefined: nobody is told of it. */
function toEvent(
  name: ComplaintFormName,
  user: User,
  file: ComplaintFile,
  { typed, step }: { typed: Typed; step: Step | undefined },
): ComplaintEvent | undefined {
  const envelope = {
    complaintId: file.id,
    seq: (file.events.at(-1)?.seq ?? 0) + 1,
    at: new Date().toISOString(),
    actor: { agency: file.assignee, via: 'console', user: user.login },
  } as const;
  const { text = '', to = '', reason = '' } = typed;
  if (step) return { ...envelope, type: 'step_taken', data: { step } };
  if (name === 'answer') return { ...envelope, type: 'answered', data: { answer: { text } } };
  if (name === 'interim') return { ...envelope, type: 'interim_answered', data: { answer: { text } } };
  if (name === 'transfer')
    return { ...envelope, type: 'transferred', data: { from: file.assignee, to, reason } };
  return name === 'withdraw' ? { ...envelope, type: 'withdrawn', data: { reason } } : undefined;
}
