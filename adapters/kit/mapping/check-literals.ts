import jsonata from 'jsonata';
import { toSegment } from '../../../schemas/json-pointer.ts';
import { type Problem, toReason } from '../../../schemas/reason.ts';
import type { Located } from './check-expressions.ts';

/**
 * Names under which systems of this country and others take a credential: `Password`, `user_pw`, `serviceKey`,
 * `crtfc_key`, `confmKey`, `api_key`, `X-Auth-Token`. A flag such as `secret: "Y"` is none.
 */
const credential =
  /(pass(wo?r?d|phrase|wd)|(^|[-_.]|user|login|member)(pwd?|pw)$|pwd$|(api|service|auth|access|cert|crtfc|confm|license|client|shared|secret|subscription)[-_]?(key|token|secret|pw)|(^|[-_.])token$|^(authorization|cookie)$|[-_]secret$)/i;
/** Shorter texts under such a name are flags (`Y`, `no`). */
const shortest = 3;

interface Places {
  /** URLs and paths. */
  addresses: Located[];
  headers: Record<string, string>;
  /** Expressions that make what is sent. */
  requests: Located[];
}

/**
 * Finds what looks like a credential in the clear. Settings are kept in every version, and many people read them. So a
 * credential stands there as a reference only.
 */
export function findLiteralSecrets({ addresses, headers, requests }: Places): Problem[] {
  const inClear = (pointer: string, name: string): Problem => ({
    pointer,
    reason: toReason('secret_in_clear', { name, pattern: '{secret.NAME}' }),
  });
  return [
    ...addresses.flatMap(([pointer, address]) =>
      findInAddress(address).map((name) => inClear(pointer, name)),
    ),
    ...Object.entries(headers)
      .filter(([name, value]) => isLiteral(name, value.replace(/\{secret\.\w+\}/g, '').trim(), value))
      .map(([name]) => inClear(`/headers/${toSegment(name)}`, name)),
    ...requests.flatMap(([pointer, source]) =>
      findInExpression(source).map((name) => inClear(pointer, name)),
    ),
  ];
}

/** Finds names of secrets in headers that the settings do not have. */
export function checkHeaders(headers: Record<string, string>, secrets: readonly string[]): Problem[] {
  const known = secrets.join(', ') || toReason('none');
  return Object.entries(headers).flatMap(([header, value]) =>
    [...value.matchAll(/\{secret\.([^}]*)\}/g)]
      .map(([, name = '']) => name)
      .filter((name) => !secrets.includes(name))
      .map((name) => ({
        pointer: `/headers/${toSegment(header)}`,
        reason: toReason('no_such_secret', { name, known }),
      })),
  );
}

/** `Bearer {secret.x}` holds a secret by reference; what is left beside it is a word of the protocol. */
const isLiteral = (name: string, rest: string, whole = rest) =>
  credential.test(name) &&
  rest.length >= shortest &&
  (rest === whole || !/^(Bearer|Basic|Token)$/i.test(rest));

function findInAddress(address: string): string[] {
  const query = address.slice(address.indexOf('?') + 1 || address.length);
  const named = [...new URLSearchParams(query.replace(/#.*$/, ''))]
    .filter(([name, value]) => isLiteral(name, value.replace(/^\{[^}]*\}$/, '')))
    .map(([name]) => name);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return [...(url?.password ? [url.username] : []), ...named];
}

interface Node {
  type?: string;
  value?: unknown;
  lhs?: [Node, Node][];
}

/** Names of an object that the expression creates whose value is a text of the expression itself. */
function findInExpression(source: string): string[] {
  const found: string[] = [];
  const visit = (tree: unknown): void => {
    if (typeof tree !== 'object' || tree === null) return;
    const { type, value, lhs } = tree as Node;
    if (type === 'unary' && value === '{')
      for (const [key, given] of lhs ?? [])
        if (
          key.type === 'string' &&
          given.type === 'string' &&
          isLiteral(String(key.value), String(given.value))
        )
          found.push(String(key.value));
    for (const child of Object.values(tree)) visit(child);
  };
  try {
    visit(jsonata(source).ast());
  } catch {
    // What does not compile is reported by checkExpressions.
  }
  return found;
}
