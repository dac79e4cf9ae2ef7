import type { Mapping } from '../mapping/mapping.ts';
import { fingerprint } from './digest.ts';
import type { Asks } from './pull-plan.ts';

const [earlier, later] = ['2020-01-02T03:04:05.000Z', '2021-02-03T04:05:06.000Z'];

/**
 * Finds out what a question depends on, by what the expression makes of two times and two pages. Nothing is sent.
 * `source`: its text. Undefined: the expression fails, which the first reading then reports.
 */
export async function findAsks(
  question: Mapping,
  { source, size }: { source: string; size: number },
): Promise<Asks | undefined> {
  const ask = async (since: string | undefined, page: number) =>
    fingerprint((await question.evaluate({ since, page, size })) ?? null);
  try {
    const [all, first, other, second] = await Promise.all([
      ask(undefined, 1),
      ask(earlier, 1),
      ask(later, 1),
      ask(earlier, 2),
    ]);
    return { since: first !== all || first !== other, page: first !== second, mark: fingerprint(source) };
  } catch {
    return undefined;
  }
}
