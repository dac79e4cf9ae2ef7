/** Posts of a board whose list does not show all of a post: what is added, and what such a record looks like. */
import type { Problem } from '../../../schemas/reason.ts';
import { isStandIn, type PulledPost } from '../../contract.ts';
import { toBoardError } from '../outcome/call-error.ts';
import { fingerprint } from '../reading/digest.ts';
import type { Completion, PageRow } from '../reading/pull-plan.ts';
import { type FurtherCall, type Look, Missing, makeFurtherCalls, Unfit } from './further-calls.ts';

/** A post as the list shows it. `version` is the board's own mark, if the settings name one. */
type ListedPost = Omit<PageRow, 'updatedAt'>;

/** The most posts that are completed in one look. The next look goes on from there. */
const portion = 25;

/** A record as `normalise` reads it: the item of the list and the results of the calls, or why there are none. */
interface DetailedRecord {
  item: unknown;
  problem?: Problem;
  [name: string]: unknown;
}

/** The list's item in a record. Marks and times of a post are read from it. */
export const itemOf = (raw: unknown): unknown => asRecord(raw)?.item;

/** Why a record has no details, if that is so. */
export const problemOf = (raw: unknown): Problem | undefined => {
  const problem = asRecord(raw)?.problem;
  return problem?.reason === undefined ? undefined : problem;
};

const asRecord = (raw: unknown) =>
  typeof raw === 'object' && raw !== null ? (raw as DetailedRecord) : undefined;

/**
 * Completes the posts of one pull. `listAgain` returns the page that is being read. It tells a post that is gone from
 * one about which the settings ask at the wrong place.
 */
export function toCompletion(
  calls: readonly FurtherCall[],
  look: Look,
  listAgain: () => Promise<PageRow[]>,
): Completion {
  return {
    portion,
    async add(row) {
      try {
        return await complete(calls, row, look);
      } catch (error) {
        if (!(error instanceof Missing)) throw toBoardError(error);
        const isListed = await listAgain().then(
          (rows) => rows.some((one) => isSame(one, row)),
          (failure) => Promise.reject(toBoardError(failure)),
        );
        return isListed ? toUnfit(row, error) : undefined;
      }
    },
  };
}

const isSame = (a: PageRow, b: PageRow) => a.externalId === b.externalId && a.updatedAt === b.updatedAt;

/** Throws {@link Missing} if the board has nothing where a call needs something, and HttpError. */
async function complete(
  calls: readonly FurtherCall[],
  row: ListedPost,
  look: Look,
): Promise<Pick<PulledPost, 'version' | 'raw'>> {
  const { externalId, version, raw: item } = row;
  // Nobody can ask about a record without an id.
  if (isStandIn(externalId)) return { version: fingerprint({ item }), raw: { item } };
  try {
    const found = await makeFurtherCalls(calls, { item, externalId }, look);
    const raw: DetailedRecord = { ...found, item };
    // The board's own mark covers what its list shows. What the calls found counts too.
    return { version: fingerprint(version === undefined ? raw : { version, found }), raw };
  } catch (error) {
    if (error instanceof Unfit) return toUnfit(row, error);
    throw error;
  }
}

function toUnfit({ raw: item }: ListedPost, { reason }: Missing | Unfit) {
  const raw: DetailedRecord = { item, problem: { pointer: '', reason } };
  return { version: fingerprint(raw), raw };
}

/** Completes a post that was read alone. It is there, so what is missing cannot mean that it is gone. */
export async function completeRead(
  calls: readonly FurtherCall[],
  post: ListedPost,
  look: Look,
): Promise<PulledPost> {
  try {
    return { externalId: post.externalId, ...(await complete(calls, post, look)) };
  } catch (error) {
    if (error instanceof Missing) return { externalId: post.externalId, ...toUnfit(post, error) };
    throw error;
  }
}
