import type { Keys } from './keys.ts';
import { sealedPrefix } from './sealed-text.ts';

/**
 * Seals a JSON value so that statements can still read what `clear` names. The paths are written `to` or `step.kind`, and
 * `*` stands for each entry of an array. An object on the way to such a path keeps its shape; every other member is sealed
 * as one, with all that is in it. Numbers, booleans and null tell of nobody, and stay.
 */
export function sealLeaves(keys: Keys, value: unknown, clear: readonly string[]): unknown {
  if (!keys.on) return value;
  return sealBelow(keys, value, toTree(clear));
}

type Tree = Map<string, Tree>;

const trees = new WeakMap<readonly string[], Tree>();

function toTree(paths: readonly string[]): Tree {
  const known = trees.get(paths);
  if (known) return known;
  const tree: Tree = new Map();
  for (const path of paths) {
    let place = tree;
    for (const name of path.split('.')) {
      const next: Tree = place.get(name) ?? new Map();
      place.set(name, next);
      place = next;
    }
  }
  trees.set(paths, tree);
  return tree;
}

function sealBelow(keys: Keys, value: unknown, tree: Tree): unknown {
  if (typeof value === 'string') return keys.seal(value);
  if (typeof value !== 'object' || value === null) return value;
  if (tree.size === 0) return isEmpty(value) ? value : keys.sealJson(value);
  if (Array.isArray(value)) {
    const each = tree.get('*');
    return each ? value.map((one) => sealMember(keys, one, each)) : keys.sealJson(value);
  }
  const shaped: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const below = tree.get(name);
    shaped[name] = below ? sealMember(keys, member, below) : sealBelow(keys, member, new Map());
  }
  return shaped;
}

/** A member that is named, or on the way to one that is. */
function sealMember(keys: Keys, member: unknown, below: Tree): unknown {
  if (below.size > 0) return sealBelow(keys, member, below);
  return isLikeSealed(member) ? keys.sealJson(member) : member;
}

/** A text that somebody typed like a sealed one would be taken for one. */
const isLikeSealed = (member: unknown): boolean =>
  typeof member === 'string'
    ? member.startsWith(sealedPrefix)
    : JSON.stringify(member)?.includes(`"${sealedPrefix}`) === true;

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;
