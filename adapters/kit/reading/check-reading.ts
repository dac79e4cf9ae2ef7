import { fromGivenProblem, reasonOf, toReason, toReasonOf } from '../../../schemas/reason.ts';
import type { CheckReport, Normalised, Pulled, PulledPost } from '../../contract.ts';

type Line = CheckReport['lines'][number];

/**
 * The result of "test connection" for a board that is read: one page is fetched, and every post of it is mapped. `read`
 * returns the posts, or the pull that read them.
 */
export async function checkReading(
  read: () => Promise<PulledPost[] | Pick<Pulled, 'posts' | 'failed'>>,
  normalise: (raw: unknown) => Promise<Normalised>,
): Promise<CheckReport> {
  let pulled: Pick<Pulled, 'posts' | 'failed'>;
  try {
    const result = await read();
    pulled = Array.isArray(result) ? { posts: result } : result;
  } catch (error) {
    return toReport([{ what: toReason('checked_reading'), ok: false, detail: reasonOf(error) }]);
  }
  const { posts, failed } = pulled;
  const n = posts.length;
  const lines: Line[] = [
    { what: toReason('checked_reading'), ok: true, detail: toReason('posts_on_first_page', { n }) },
  ];
  for (const { externalId, raw } of posts) {
    const result = await normalise(raw);
    if (result.ok) continue;
    const detail = toReasonOf(result.problems.map(fromGivenProblem));
    lines.push({ what: toReason('checked_post', { post: externalId }), ok: false, detail });
  }
  if (lines.length === 1 && n > 0) {
    lines.push({ what: toReason('checked_posts'), ok: true, detail: toReason('posts_mappable', { n }) });
  }
  if (failed) lines.push({ what: toReason('checked_details'), ok: false, detail: failed.reason });
  return toReport(lines);
}

/** The report is good if every line is good. */
export function toReport(lines: Line[]): CheckReport {
  return { ok: lines.every((line) => line.ok), lines };
}
