import jsonata from 'jsonata';
import { type Reason, toReason } from '../../../schemas/reason.ts';
import { distanceOf } from '../text/edit-distance.ts';
import type { Known } from './change-schema.ts';

/** A node of JSONata's tree, as far as it is read here. */
export interface Node {
  type?: string;
  value?: unknown;
  position?: number;
  steps?: Node[];
  stages?: { expr?: Node }[];
  predicate?: { expr?: Node }[];
  group?: { lhs?: [Node, Node][] };
  lhs?: [Node, Node][];
  terms?: { expression?: Node }[];
  focus?: string;
  index?: string;
  expressions?: Node[];
}

/** A name that an expression looks up. */
export interface NameRead {
  /** From the root of the input. Without a known root (a variable, a function's parameter) the name alone. */
  path: string;
  /** Characters from the start of the expression to the end of the name. */
  position: number;
  /** The names at that place, if they are known and this name is not among them. */
  lacking?: Known;
}

/** The tree of an expression. What does not compile is reported by checkExpressions, and counts as reading nothing. */
export function parseTree(source: string): Node {
  try {
    return jsonata(source).ast() as Node;
  } catch {
    return {};
  }
}

/**
 * The names that an expression looks up, in order. `root`: what its input may hold; undefined: anything. Where it
 * cannot be known what a name is looked up in, nothing is lacking.
 */
export function listNames(tree: Node, root: Known | undefined): NameRead[] {
  const found: NameRead[] = [];
  new Reading(root, (name) => found.push(name)).read(tree);
  return found;
}

/** A place with its path from the root. `known`: the names there; undefined: any. */
type Place = { path: string; known: Known | undefined } | undefined;

class Reading {
  readonly #root: NonNullable<Place>;
  readonly #report: (name: NameRead) => void;
  constructor(root: Known | undefined, report: (name: NameRead) => void) {
    this.#root = { path: '', known: root };
    this.#report = report;
  }

  read(node: Node): void {
    this.#read(node, this.#root);
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
        return this.#readOther(node, at);
    }
  }

  /** A function, an operator, an object or a list. What filters it looks into its result, which is not known. */
  #readOther({ predicate = [], stages = [], group, ...node }: Node, at: Place): undefined {
    for (const child of childrenOf(node)) this.#read(child, at);
    for (const child of childrenOf({ predicate, stages, ...(group && { group }) } as Node))
      this.#read(child, undefined);
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

  #look({ value, position = 0 }: Node, at: Place): Place {
    const name = String(value);
    const path = at && at.path !== '' ? `${at.path}.${name}` : name;
    const lacking = at?.known && !at.known.fields.has(name) ? at.known : undefined;
    this.#report({ path, position, ...(lacking && { lacking }) });
    return at && { path, known: at.known?.fields.get(name) };
  }
}

function childrenOf(node: Node): Node[] {
  const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
  return Object.values(node)
    .filter(isNode)
    .flatMap((value) => (Array.isArray(value) ? value.flat(2).filter(isNode) : [value]));
}

/** What a name is looked up in: the change that is delivered, or a post of the board. */
export type Input = 'change' | 'post';

/** Why a name is wrong, and which one may be meant. */
export function toLacking(input: Input, path: string, { fields }: Known, root: Known): Reason {
  const names = [...fields.keys()];
  const suggestion = suggest(path, names, root);
  const known = names.join(', ') || toReason('none');
  return suggestion === undefined
    ? toReason(`${input}_lacks`, { name: path, known })
    : toReason(`${input}_lacks_but_has`, { name: path, suggestion, known });
}

/** The same name at another place of the input, else the most similar one at this place. */
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
export function listPaths(known: Known, before = ''): string[] {
  const own = [...known.fields.keys()].map((name) => before + name);
  const inner = [...known.fields].flatMap(([name, one]) => (one ? listPaths(one, `${before}${name}.`) : []));
  return [...own, ...inner];
}
