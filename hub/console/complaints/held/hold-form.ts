import { type Post, type Problem, toReason } from '../../../../schemas/index.ts';
import type { User } from '../../../access/people/users.ts';
import { findProblems } from '../../../complaints/find-problems.ts';
import type { SentAct } from '../../../complaints/held/held-act.ts';
import { hold } from '../../../complaints/held/hold-act.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import { toMatter } from '../../../complaints/reading/to-matter.ts';
import { type FormWithFiles, toFileMark } from '../../../web/form-files.ts';
import { toExternalId } from '../../../web/submit.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { type ComplaintFormName, complaintForms, toActingAgency } from '../complaint-forms.ts';
import { withoutConfirmation } from '../confirmation.ts';
import { findFormProblems } from '../judge-form.ts';
import { maskAct } from './mask-act.ts';

/**
 * Nobody outside is told of these, and the same form sets them back. A new complaint is not held either: its receipt is
 * given without delay (Decree, article 9), while the caller is on the line.
 */
const setBack: ReadonlySet<string> = new Set<ComplaintFormName>([
  'status',
  'step-officer_assigned',
  'step-classified',
  'step-represented',
]);

/** Whether what this form says waits a moment, in which its sender can take it back. */
export const isHeldBack = ({ settings }: Pick<ConsoleDeps, 'settings'>, name: ComplaintFormName): boolean =>
  settings.UNDO_SECONDS > 0 && !setBack.has(name);

/** Seconds in which its sender can take it back. 0: it goes out at once. */
export const toUndoSeconds = (deps: Pick<ConsoleDeps, 'settings'>, name: ComplaintFormName): number =>
  isHeldBack(deps, name) ? deps.settings.UNDO_SECONDS : 0;

interface Filled {
  name: ComplaintFormName;
  given: FormWithFiles;
  post: Post;
}

/** Holds a form of a complaint. It is refused now where the exchange would refuse it now. */
export async function holdForm(
  { store, directory, settings }: Pick<ConsoleDeps, 'store' | 'directory' | 'settings'>,
  user: User,
  file: ComplaintFile,
  { name, given, post }: Filled,
): Promise<{ done: string } | { problems: Problem[] }> {
  const agency = toActingAgency(user, complaintForms[name], file);
  const problems = findTrespass(directory, user, file, { agency, post });
  if (problems.length > 0) return { problems };
  const { formToken: _token, uploaded: _uploaded, ...sent } = withoutConfirmation(given.typed);
  const typed = { ...sent, ...toFileMark(given.files) };
  const { key: _key, ...fields } = typed;
  const act = maskAct({
    ...{ complaintId: file.id, receiptNumber: file.receiptNumber, userId: user.id, login: user.login },
    ...{ agency, form: name, action: complaintForms[name].action, fields, files: given.files, post },
    externalId: toExternalId(typed),
    seq: file.events.at(-1)?.seq ?? 0,
  });
  const held = await hold(store, act, settings.UNDO_SECONDS);
  return held.ok ? { done: 'held' } : { problems: [toWaiting(held.by)] };
}

/** What the law and the exchange say of it now, beside what its form says. */
export async function findPresentProblems(
  deps: Pick<ConsoleDeps, 'store' | 'directory'>,
  user: User,
  file: ComplaintFile,
  said: Pick<SentAct, 'agency' | 'post'>,
): Promise<Problem[]> {
  const problems = await findFormProblems(deps, file, { post: said.post, isUsable: true });
  return problems.length > 0 ? problems : findTrespass(deps.directory, user, file, said);
}

/** Why the exchange would refuse it now. */
function findTrespass(
  directory: ConsoleDeps['directory'],
  user: User,
  file: ComplaintFile,
  { agency, post }: Pick<SentAct, 'agency' | 'post'>,
): Problem[] {
  const isAgency = (code: string) => directory.findAgency(code) !== undefined;
  const statement = { post, actor: { agency, via: 'console', user: user.login } } as const;
  return findProblems(toMatter(file), statement, { now: new Date(), isAgency });
}

/** Something else waits to go out for the complaint. */
export const toWaiting = (by: string): Problem => ({
  pointer: '',
  reason: toReason('held_waiting', { by }),
});
