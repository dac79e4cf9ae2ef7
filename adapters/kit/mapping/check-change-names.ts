import type { EventType, Problem, Reason } from '../../../schemas/index.ts';
import { type Known, toChangeShape } from './change-schema.ts';
import type { Located } from './check-expressions.ts';
import { type Input, listNames, parseTree, toLacking } from './names-read.ts';

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
  return expressions.flatMap(({ located, type, isFile = false, also = [] }) => {
    const { fields } = toChangeShape(type, { isFile });
    const root = { fields: new Map([...fields, ...also.map((name) => [name, undefined] as const)]) };
    return checkNames('change', located, root);
  });
}

/** The same for an expression over a post of a board that declares all names of its posts. */
export const checkPostNames = (located: Located, root: Known): Problem[] => checkNames('post', located, root);

function checkNames(input: Input, [pointer, source]: Located, root: Known): Problem[] {
  const found = new Map<string, Reason>();
  for (const { path, lacking } of listNames(parseTree(source), root))
    if (lacking) found.set(path, toLacking(input, path, lacking, root));
  return [...found.values()].map((reason) => ({ pointer, reason }));
}
