/** Posts that a board sends by itself (a webhook or a SOAP call), read by the agency's expressions. */
import { type Static, Type } from 'typebox';
import { type Problem, reasonOf, toReason } from '../../../schemas/reason.ts';
import {
  type AdapterContext,
  type BoardAdapter,
  BoardError,
  type DeliveredPost,
  type Delivery,
  type DeliveryOutcome,
} from '../../contract.ts';
import { DeliveryProof, mustBeFromBoard } from '../http/verify-delivery.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { fingerprint } from '../reading/digest.ts';
import { toPageRows } from '../reading/page-rows.ts';
import { decode } from '../text/charset.ts';
import { parseJson } from '../text/json.ts';
import { isXmlType, parseDelivery, XmlError } from '../text/soap-xml.ts';
import { closed, Expression } from './mapped-settings.ts';

export const Received = Type.Object(
  {
    /**
     * Reads the body. Returns the post or the posts; nothing for a message that is about no post. Of XML it sees the root
     * element by its local name; of a SOAP envelope, the elements inside the Body.
     */
    items: Expression,
    /** Elements of XML that may repeat: the expressions see them as arrays, even if there is only one. */
    lists: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    /**
     * Reads {posts}: of each `externalId`, `outcome` (`applied`, `duplicate` or `parked`) and `receiptNumber`. Returns the
     * reply in the board's own format, as an object with one element where the board sent XML; a name with `@` before
     * it is an attribute, as `@xmlns`. Absent: the hub's own reply, or an envelope with an empty Body.
     */
    reply: Type.Optional(Expression),
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
  reply?: Mapping;
}

/** What is not said about posts that come by themselves is as for those that are read. */
export function toReceived(
  received: Received,
  pull: { externalId: string; updatedAt: string; version?: string } | undefined,
  compile: (source: string) => Mapping,
): ReceivedMapping {
  const version = received.version ?? pull?.version;
  return {
    items: compile(received.items),
    externalId: compile(received.externalId ?? pull?.externalId ?? ''),
    updatedAt: compile(received.updatedAt ?? pull?.updatedAt ?? ''),
    ...(version !== undefined && { version: compile(version) }),
    ...(received.reply !== undefined && { reply: compile(received.reply) }),
  };
}

/** Creates the methods for what the board sends by itself. `lists`: where `received` has none of its own. */
export function createReceiving(
  mapping: ReceivedMapping | undefined,
  { received, lists }: { received?: Received; lists?: string[] },
  context: Pick<AdapterContext, 'secret'>,
): Pick<BoardAdapter, 'take' | 'answerDelivery'> {
  const { reply } = mapping ?? {};
  return {
    ...(mapping && { take: createTake(mapping, { lists, ...received }, context) }),
    ...(reply && {
      answerDelivery: (posts: DeliveryOutcome[]) => reply.evaluate({ posts }),
    }),
  };
}

const createTake =
  (
    mapping: ReceivedMapping,
    { proof, lists = [] }: { proof?: DeliveryProof; lists?: string[] | undefined },
    context: Pick<AdapterContext, 'secret'>,
  ): NonNullable<BoardAdapter['take']> =>
  async (delivery: Delivery): Promise<DeliveredPost[]> => {
    mustBeFromBoard(proof, delivery, context);
    const body = readBody(delivery, lists);
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

/** JSON, unless Content-Type says XML (RFC 7303, 4.2 for `+xml`). */
function readBody({ body, headers }: Delivery, lists: string[]): unknown {
  const contentType = headers['content-type'] ?? '';
  const isXml = isXmlType(contentType);
  const { text } = decode(Buffer.from(body), { contentType, ...(!isXml && { configured: 'utf-8' }) });
  try {
    return isXml ? parseDelivery(text, lists) : parseJson(text);
  } catch (cause) {
    const reason = cause instanceof XmlError ? reasonOf(cause) : toReason('delivery_no_json');
    throw new BoardError('malformed', reason, { cause });
  }
}
