import { isDeepStrictEqual } from 'node:util';
import { listExpressionPlaces } from '../../adapters/registry.ts';
import type { Agency, BoardConnection } from '../../schemas/index.ts';

/** A draft without the connections that may not be called yet. */
interface Withheld {
  agency: Agency;
  /** What was left out: the board (no name), or an endpoint under its name. */
  withheld: string[];
}

/**
 * Leaves what is in force of a draft's connections. A trial brings the secrets that a draft names to the address that it
 * names, so where the rule of four eyes holds, one person alone may not decide of either. The mapping may be another:
 * it is evaluated in the hub. Pure.
 */
export function withholdNew(draft: Agency, inForce: Agency | undefined): Withheld {
  const { board, webhooks = [], ...rest } = draft;
  const isKnown = !board || isSame(board, inForce?.board);
  const known = webhooks.filter((endpoint) =>
    isDeepStrictEqual(
      endpoint,
      inForce?.webhooks?.find(({ name }) => name === endpoint.name),
    ),
  );
  return {
    agency: {
      ...rest,
      ...(board && isKnown && { board }),
      ...(known.length > 0 && { webhooks: known }),
    },
    withheld: [
      ...(isKnown ? [] : ['']),
      ...webhooks.filter((endpoint) => !known.includes(endpoint)).map(({ name }) => name),
    ],
  };
}

const isSame = (one: BoardConnection, other: BoardConnection | undefined): boolean =>
  other !== undefined && isDeepStrictEqual(withoutMapping(one), withoutMapping(other));

function withoutMapping(board: BoardConnection): BoardConnection {
  const copy = structuredClone(board);
  delete copy.settings.codes;
  for (const { pointer } of listExpressionPlaces(board)) {
    const path = pointer.split('/').slice(1);
    const last = path.pop() ?? '';
    const holder = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], copy.settings);
    delete (holder as Record<string, unknown>)[last];
  }
  return copy;
}
