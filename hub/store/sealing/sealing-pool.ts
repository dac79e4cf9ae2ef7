import pg from 'pg';
import { Keyed } from './keyed.ts';
import type { Keys } from './keys.ts';
import { sealedPrefix } from './sealed-text.ts';

type Parser = (text: string) => unknown;

/** Types of PostgreSQL (pg_type.oid) whose values can hold sealed texts. */
const types = { json: 114, jsonb: 3802, text: 25, varchar: 1043, texts: 1009 } as const;

/**
 * How results are read: whatever is sealed is opened here, so no reader can forget it. Values without a sealed text cost
 * one look for its prefix.
 */
export function openingTypes(keys: Keys): pg.CustomTypesConfig {
  const getParser = pg.types.getTypeParser as (oid: number, format?: string) => Parser;
  const parseTexts = getParser(types.texts, 'text');
  const openJson: Parser = (text) => {
    const value: unknown = JSON.parse(text);
    return text.includes(sealedPrefix) ? keys.openJson(value) : value;
  };
  const openText: Parser = (text) => (text.startsWith(sealedPrefix) ? keys.open(text) : text);
  const openTexts: Parser = (text) => {
    const value = parseTexts(text);
    return text.includes(sealedPrefix) ? keys.openJson(value) : value;
  };
  const own: Record<number, Parser> = {
    [types.json]: openJson,
    [types.jsonb]: openJson,
    [types.text]: openText,
    [types.varchar]: openText,
    [types.texts]: openTexts,
  };
  return {
    getTypeParser: ((oid: number, format?: string) =>
      (format !== 'binary' && own[oid]) || getParser(oid, format)) as typeof pg.types.getTypeParser,
  };
}

/** Makes the connections of a pool put the values of {@link Keyed} parameters in their places. */
export function sealParameters<P extends pg.Pool>(pool: P, keys: Keys): P {
  pool.on('connect', (client: pg.PoolClient) => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    client.query = ((asked: unknown, ...rest: unknown[]) => {
      if (Array.isArray(rest[0])) return query(asked, write(keys, rest[0]), ...rest.slice(1));
      const { values } = (asked ?? {}) as { values?: unknown };
      // What has a method `submit` keeps its values to itself, and none of ours needs keys.
      if (!Array.isArray(values) || 'submit' in (asked as object)) return query(asked, ...rest);
      return query({ ...(asked as object), values: write(keys, values) }, ...rest);
    }) as pg.PoolClient['query'];
  });
  return pool;
}

const write = (keys: Keys, values: unknown[]): unknown[] =>
  values.map((value) => (value instanceof Keyed ? value.write(keys) : escapeLikeSealed(keys, value)));

/** A text within JSON that begins like a sealed one. */
const likeSealed = /"\$sealed1\$(?:[^"\\]|\\.)*"/g;

/**
 * What somebody typed like a sealed text is sealed itself, wherever it goes: it would be taken for one when it is read.
 * Otherwise, who has a stolen dump and an account could type a text of the dump into any form, and read it opened.
 */
function escapeLikeSealed(keys: Keys, value: unknown): unknown {
  if (!keys.on) return value;
  if (Array.isArray(value)) return value.map((one) => escapeLikeSealed(keys, one));
  if (typeof value !== 'string' || !value.includes(sealedPrefix)) return value;
  if (value.startsWith(sealedPrefix)) return keys.seal(value);
  return /^\s*[[{"]/.test(value)
    ? value.replaceAll(likeSealed, (text) => JSON.stringify(keys.seal(JSON.parse(text))))
    : value;
}
