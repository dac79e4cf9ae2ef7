import type { ErrorObject } from 'ajv/dist/2020.js';
import { toSegments } from './json-pointer.ts';

/**
 * Ajv reports what is wrong with every branch of a union. A person made one mistake in one branch: the one that its
 * discriminator names (`kind: apiKey`), else the one that fits best. The other branches say nothing of use.
 */
export function keepMeantBranches(
  errors: readonly ErrorObject[],
  schema: object,
  value: unknown,
): ErrorObject[] {
  // Inner unions first: their branch is part of a branch of the outer one.
  const unions = errors.filter(isUnion).sort((a, b) => b.schemaPath.length - a.schemaPath.length);
  return unions.reduce<ErrorObject[]>(
    (kept, union) => {
      const inside = kept.filter((error) => error !== union && isInside(error, union));
      const branches = listBranches(schema, union);
      if (!branches) return kept;
      const meant = chooseBranch(union, branches, inside, toValue(value, union.instancePath));
      return kept
        .filter((error) => !inside.includes(error))
        .flatMap((error) => (error === union ? meant : [error]));
    },
    [...errors],
  );
}

const isUnion = ({ keyword }: ErrorObject): boolean => keyword === 'anyOf' || keyword === 'oneOf';

const isInside = (error: ErrorObject, union: ErrorObject): boolean =>
  error.schemaPath.startsWith(`${union.schemaPath}/`) &&
  (error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`));

interface Branch {
  properties?: Record<string, { const?: unknown }>;
}

/** Undefined: the union stands behind a reference to another schema. */
function listBranches(schema: object, { schemaPath }: ErrorObject): Branch[] | undefined {
  const found = toValue(schema, decodeURIComponent(schemaPath.replace(/^#/, '')));
  return Array.isArray(found) ? found : undefined;
}

function toValue(root: unknown, pointer: string): unknown {
  return toSegments(pointer).reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    root,
  );
}

/** What to say instead of the union's own error. */
function chooseBranch(
  union: ErrorObject,
  branches: readonly Branch[],
  inside: readonly ErrorObject[],
  value: unknown,
): ErrorObject[] {
  const errorsOf = (index: number) =>
    inside.filter(({ schemaPath }) => schemaPath.startsWith(`${union.schemaPath}/${index}/`));
  const name = findDiscriminator(branches);
  if (name !== undefined && typeof value === 'object' && value !== null) {
    const named = Reflect.get(value, name);
    const index = branches.findIndex(({ properties }) => properties?.[name]?.const === named);
    if (index >= 0) return errorsOf(index);
    const allowedValues = branches.map(({ properties }) => properties?.[name]?.const);
    const at = { ...union, instancePath: `${union.instancePath}/${name}` };
    return [{ ...at, keyword: 'enum', params: { allowedValues } }];
  }
  return chooseNearest(
    union,
    branches.map((_, index) => errorsOf(index)),
  );
}

/** A field that is a constant of its own in each branch. */
function findDiscriminator([first, ...others]: readonly Branch[]): string | undefined {
  return Object.keys(first?.properties ?? {}).find((name) => {
    const values = [first, ...others].map((one) => one?.properties?.[name]?.const);
    return values.every((one) => typeof one === 'string') && new Set(values).size === values.length;
  });
}

/** The branch whose type fits and that has the fewest mistakes. Words or types alone become one list of them. */
function chooseNearest(union: ErrorObject, branches: readonly ErrorObject[][]): ErrorObject[] {
  const isOwn = (error: ErrorObject | undefined, keyword: string) =>
    error?.keyword === keyword && error.instancePath === union.instancePath;
  if (branches.every(([first]) => isOwn(first, 'const')))
    return [
      {
        ...union,
        keyword: 'enum',
        params: { allowedValues: branches.map(([first]) => first?.params.allowedValue) },
      },
    ];
  if (branches.every(([first]) => isOwn(first, 'type')))
    return [
      {
        ...union,
        keyword: 'type',
        params: { type: [...new Set(branches.flatMap(([first]) => first?.params.type))] },
      },
    ];
  const fitting = branches.filter((errors) => !errors.some((error) => isOwn(error, 'type')));
  const [nearest] = fitting.toSorted((a, b) => a.length - b.length);
  return nearest && nearest.length > 0 ? nearest : [union];
}
