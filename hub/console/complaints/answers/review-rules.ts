import type { Agency } from '../../../../schemas/index.ts';
import { may } from '../../../access/people/rights.ts';
import type { User } from '../../../access/people/users.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import type { Review } from '../../../complaints/reviews/reviews.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { toSubject } from '../complaint-file.ts';
import { toKindNow } from '../steps/usable-steps.ts';

/** The forms that decide about a complaint: an answer, a refusal, the decision on an objection. */
const decisive: ReadonlySet<string> = new Set(['answer', 'step-refused', 'step-objection_decided']);

type Directory = Pick<ConsoleDeps['directory'], 'findAgency'>;

const reviewOf = (directory: Directory, agency: string) => directory.findAgency(agency)?.answers?.review;

/** Whether a second person has to release what this form says (결재); otherwise its writer sends it alone (전결). */
export const needsRelease = (directory: Directory, file: ComplaintFile, form: string): boolean =>
  decisive.has(form) && reviewOf(directory, file.assignee)?.kinds.includes(toKindNow(file)) === true;

/** Whether the person may release at all: named in the configuration, where it names any. An administrator always may. */
export const isReviewer = ({ login, role }: User, agency: Agency | undefined): boolean => {
  const reviewers = agency?.answers?.review?.reviewers;
  return role === 'administrator' || reviewers === undefined || reviewers.includes(login);
};

/** Whether the person may release this answer. Four eyes: nobody releases his own. */
export const mayRelease = (
  directory: Directory,
  user: User,
  file: ComplaintFile,
  review: Pick<Review, 'author' | 'authorId'>,
): boolean =>
  may(user, 'release', toSubject(file)) &&
  isReviewer(user, directory.findAgency(file.assignee)) &&
  !isAuthor(user, review);

export const isAuthor = (user: User, { author, authorId }: Pick<Review, 'author' | 'authorId'>): boolean =>
  authorId === user.id || author === user.login;
