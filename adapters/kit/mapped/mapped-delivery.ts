/** Posts that a board sends by itself (a webhook), read by the agency's expressions. */
import { type Static, Type } from 'typebox';
import { type Problem, toReason } from '../../../schemas/reason.ts';
import {
  type AdapterContext,
  type BoardAdapter,
  BoardError,
  type DeliveredPost,
  type Delivery,
} from '../../contract.ts';
import { DeliveryProof, mustBeFromBoard } from '../http/verify-delivery.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { fingerprint } from '../reading/digest.ts';
import { toPageRows } from '../reading/page-rows.ts';
import { decode } from '../text/charset.ts';
import { parseJson } from '../text/json.ts';
import { closed, Expression } from './mapped-settings.ts';

export const Received = Type.Object(
  {
    /** Reads the body. Returns the post or the posts; nothing for a message that is about no post. */
    items: Expression,
    /** Reads one post. Absent: as in `pull`. */
    externalId: Type.Optional(Expression),
    /**
     * Reads one post. Returns the instant of its last change: by it a late delivery is known. Absent: as in `pull`.
     */
    updatedAt: Type.Optional(Expression),
    /** Reads one post. Returns a mark that changes with the post. Absent: as in `pull`, else a hash of the post. */
    version: Type.Optional(Expression),
    /** Absent: the board sends the hub's API key of its agency. */
    proof: Type.Optional(DeliveryProof),
  },
  closed,
);
export type Received = Static<typeof Received>;

/** Lists what `received` lacks. A board that is not polled must say by itself how a post is known. */
export function checkReceived({
  received,
  pull,
  normalise,
}: {
  received?: Received;
  pull?: object;
  normalise?: string;
}): Problem[] {
  if (!received) return [];
  const required = (pointer: string): Problem => ({ pointer, reason: toReason('required') });
  return [
    ...(normalise === undefined ? [required('/normalise')] : []),
    ...(pull
      ? []
      : (['externalId', 'updatedAt'] as const)
          .filter((name) => received[name] === undefined)
          .map((name) => required(`/received/${name}`))),
  ];
}

export interface ReceivedMapping {
  items: Mapping;
  externalId: Mapping;
  updatedAt: Mapping;
  version?: Mapping;
}

/** Creates the method `take`. */
export const createTake =
  (
    mapping: ReceivedMapping,
    proof: DeliveryProof | undefined,
    context: Pick<AdapterContext, 'secret'>,
  ): NonNullable<BoardAdapter['take']> =>
  async (delivery: Delivery): Promise<DeliveredPost[]> => {
    mustBeFromBoard(proof, delivery, context);
    const body = readBody(delivery);
    if ((await mapping.items.evaluate(body)) === undefined) return [];
    const rows = await toPageRows(mapping, body, undefined);
    return rows.map(({ externalId, updatedAt, version, raw }) => ({
      externalId,
      version: version ?? fingerprint(raw),
      raw,
      // A record without a time counts as changed at the beginning of time. It is parked, because normalise says so.
      changedAt: updatedAt,
    }));
  };

function readBody({ body, headers }: Delivery): unknown {
  const { text } = decode(Buffer.from(body), {
    contentType: headers['content-type'] ?? '',
    configured: 'utf-8',
  });
  try {
    return parseJson(text);
  } catch (cause) {
    throw new BoardError('malformed', toReason('delivery_no_json'), { cause });
  }
}
