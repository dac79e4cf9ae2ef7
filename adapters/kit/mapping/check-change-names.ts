import jsonata from 'jsonata';
import { type EventType, type Problem, type Reason, toReason } from '../../../schemas/index.ts';
import { type Known, toChangeShape } from './change-schema.ts';
import type { Located } from './check-expressions.ts';

interface Node {
  type?: string;
  value?: unknown;
  steps?: Node[];
  stages?: { expr?: Node }[];
  predicate?: { expr?: Node }[];
  group?: { lhs?: [Node, Node][] };
  terms?: { expression?: Node }[];
  focus?: string;
  index?: string;
  expressions?: Node[];
}

/** An expression over a change. `type`: the event that it delivers; undefined: any. */
export interface OverChange {
  located: Located;
  type?: EventType;
  /** True: it delivers a file, and reads `attachment`, `partId` and `content` too. */
  isFile?: boolean;
  /** Further names that it reads at the top, whatever they hold. */
  also?: readonly string[];
}

/**
 * Finds names in such expressions that no change has. JSONata gives nothing for an unknown name, so a slip of the pen
 * would reach the board as an empty field. Where it cannot be known what a name is looked up in, nothing is said.
 */
export function checkChangeNames(expressions: OverChange[]): Problem[] {
  return expressions.flatMap(({ located: [pointer, source], type, isFile = false, also = [] }) => {
    const { fields } = toChangeShape(type, { isFile });
    const root = { fields: new Map([...fields, ...also.map((name) => [name, undefined] as const)]) };
    const found = new Map<string, Reason>();
    new Reading(root, (path, shape) => found.set(path, toUnknown(path, shape, root))).read(
      parse(source),
      root,
    );
    return [...found.values()].map((reason) => ({ pointer, reason }));
  });
}

/** What does not compile is reported by checkExpressions. */
function parse(source: string): Node {
  try {
    return jsonata(source).ast() as Node;
  } catch {
    return {};
  }
}

/** A place that is known, with its path from the root. */
type Place = { path: string; known: Known } | undefined;

class Reading {
  readonly #root: Place;
  readonly #report: (path: string, shape: Known) => void;
  constructor(root: Known, report: (path: string, shape: Known) => void) {
    this.#root = { path: '', known: root };
    this.#report = report;
  }

  read(node: Node, root: Known): void {
    this.#read(node, { path: '', known: root });
  }

  /** Returns where the value of the expression is. Undefined: this cannot be known. */
  #read(node: Node, at: Place): Place {
    switch (node.type) {
      case 'path':
        return this.#readPath(node, at);
      case 'name':
        return this.#look(node, at);
      case 'variable':
        if (node.value === '') return at;
        return node.value === '$' ? this.#root : undefined;
      case 'transform':
        return undefined;
      case 'block':
        return (node.expressions ?? []).map((one) => this.#read(one, at)).at(-1);
      default:
        for (const child of childrenOf(node)) this.#read(child, at);
        return undefined;
    }
  }

  #readPath({ steps = [], group }: Node, from: Place): Place {
    let at = from;
    for (const step of steps) at = this.#readStep(step, at);
    for (const pair of group?.lhs ?? []) for (const one of pair) this.#read(one, at);
    return at;
  }

  #readStep(step: Node, from: Place): Place {
    const isSort = step.type === 'sort';
    const at = isSort ? from : this.#read(step, from);
    const inner = isSort
      ? (step.terms ?? []).map(({ expression }) => expression)
      : [...(step.stages ?? []), ...(step.predicate ?? [])].map(({ expr }) => expr);
    for (const one of inner) if (one) this.#read(one, at);
    // Such a step goes on with another context, or with more than one.
    return step.focus === undefined && step.index === undefined ? at : undefined;
  }

  #look({ value }: Node, at: Place): Place {
    if (!at) return undefined;
    const name = String(value);
    const path = at.path === '' ? name : `${at.path}.${name}`;
    if (!at.known.fields.has(name)) {
      this.#report(path, at.known);
      return undefined;
    }
    const known = at.known.fields.get(name);
    return known && { path, known };
  }
}

function childrenOf(node: Node): Node[] {
  const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
  return Object.values(node)
    .filter(isNode)
    .flatMap((value) => (Array.isArray(value) ? value.flat(2).filter(isNode) : [value]));
}

function toUnknown(path: string, shape: Known, root: Known): Reason {
  const names = [...shape.fields.keys()];
  const suggestion = suggest(path, names, root);
  const known = names.join(', ') || toReason('none');
  return suggestion === undefined
    ? toReason('change_lacks', { name: path, known })
    : toReason('change_lacks_but_has', { name: path, suggestion, known });
}

/** The same name at another place of the change, else the most similar one at this place. */
function suggest(path: string, names: string[], root: Known): string | undefined {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const before = path.slice(0, path.length - name.length);
  const elsewhere = listPaths(root, '').filter((one) => one === name || one.endsWith(`.${name}`));
  const nearest = elsewhere.find((one) => one.startsWith(before)) ?? elsewhere[0];
  if (nearest !== undefined) return nearest;
  const most = name.length < 5 ? 1 : 2;
  const near = names
    .map((one) => ({ one, distance: distanceOf(one.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance)[0];
  return near && before + near.one;
}

/** Short paths come first. */
function listPaths(known: Known, before: string): string[] {
  const own = [...known.fields.keys()].map((name) => before + name);
  const inner = [...known.fields].flatMap(([name, one]) => (one ? listPaths(one, `${before}${name}.`) : []));
  return [...own, ...inner];
}

/** The edits (insert, remove, replace) that lead from one word to the other (Levenshtein). */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++) {
      const replaced = (row[j] ?? 0) + (other[j] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
