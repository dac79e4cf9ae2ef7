import type { Post, Problem } from '../../../schemas/index.ts';
import { readSurroundings } from '../../complaints/joining/read-surroundings.ts';
import type { ComplaintFile } from '../../complaints/reading/read-complaint.ts';
import { toComplaint, toMatter } from '../../complaints/reading/to-matter.ts';
import { findStepProblems } from '../../complaints/steps/find-step-problems.ts';
import { withUnseen } from '../../personal/with-personal.ts';
import { findPostProblems } from '../../web/submit.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';
import { clockRulesOf } from './steps/clock-account.ts';

/**
 * What is wrong with a form before it is sent: its shape, and of a step what the law says. The exchange judges again, and
 * says why a form is refused that can no longer be used. `missing`: mandatory parts that were left out.
 */
export async function findFormProblems(
  { store, directory }: Pick<ConsoleDeps, 'store' | 'directory'>,
  file: ComplaintFile,
  { post, isUsable, missing = [] }: { post: Post; isUsable: boolean; missing?: Problem[] | undefined },
): Promise<Problem[]> {
  if (!isUsable) return [];
  if (missing.length > 0) return missing;
  const problems = findPostProblems(post);
  const [step] = post.steps ?? [];
  if (problems.length > 0 || !step) return problems;
  const context = {
    now: new Date(),
    rules: clockRulesOf(directory, file.assignee),
    arbiter: directory.routing().default,
    isAgency: (code: string) => directory.findAgency(code) !== undefined,
    around: await withUnseen(store, (opened) => readSurroundings(opened.pool, toComplaint(file), post)),
  };
  return findStepProblems(toMatter(file), step, context).map((problem) => ({
    ...problem,
    pointer: `/steps/0${problem.pointer}`,
  }));
}
