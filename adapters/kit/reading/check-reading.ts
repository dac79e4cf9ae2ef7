import { fromGivenProblem, toReasonOf, wordReason } from '../../../schemas/reason.ts';
import type { CheckReport, Normalised, PulledPost } from '../../contract.ts';

type Line = CheckReport['lines'][number];

/** The result of "test connection" for a board that is read: one page is fetched, and every post of it is mapped. */
export async function checkReading(
  read: () => Promise<PulledPost[]>,
  normalise: (raw: unknown) => Promise<Normalised>,
): Promise<CheckReport> {
  let posts: PulledPost[];
  try {
    posts = await read();
  } catch (error) {
    return toReport([{ what: 'read the board', ok: false, detail: messageOf(error) }]);
  }
  const lines: Line[] = [
    { what: 'read the board', ok: true, detail: `${posts.length} posts on the first page` },
  ];
  for (const { externalId, raw } of posts) {
    const result = await normalise(raw);
    if (result.ok) continue;
    const detail = wordReason(toReasonOf(result.problems.map(fromGivenProblem)), 'en');
    lines.push({ what: `map post ${externalId}`, ok: false, detail });
  }
  if (lines.length === 1 && posts.length > 0) {
    lines.push({ what: 'map the posts', ok: true, detail: `all ${posts.length} can be mapped` });
  }
  return toReport(lines);
}

/** The report is good if every line is good. */
export function toReport(lines: Line[]): CheckReport {
  return { ok: lines.every((line) => line.ok), lines };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
