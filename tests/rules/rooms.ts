import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listSpecifiers } from './list-specifiers.ts';

const root = new URL('../../', import.meta.url).pathname;
const rules: { floors: string[][] } = await import(
  new URL('../../.dependency-cruiser.mjs', import.meta.url).href
);
/** The lowest first. */
export const { floors } = rules;
const floorOf = new Map(floors.flatMap((floor, n) => floor.map((room) => [room, n] as const)));

/** A file or a room imports from another. */
export interface Arrow {
  from: string;
  to: string;
}

/** Every file that is code or belongs to it; texts about the code live in no room. */
export const listSources = (): string[] =>
  globSync('{hub,adapters,schemas}/**/*.*', { cwd: root })
    .filter((file) => !file.endsWith('.md'))
    .sort();

/** The innermost room that a file lies in. */
export const findRoom = (file: string): string | undefined =>
  [...floorOf.keys()]
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)
    .at(0);

/** Which file of ours imports which; the version in package.json is no room's. */
export const listImports = (): Arrow[] =>
  listSources()
    .filter((file) => file.endsWith('.ts'))
    .flatMap((from) =>
      listSpecifiers(readFileSync(root + from, 'utf8'))
        .filter((path) => path.endsWith('.ts'))
        .map((path) => ({
          from,
          to: join(dirname(from), path),
        })),
    );

/** Which room imports from which other, each pair once. */
export function listArrows(imports: Arrow[]): Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const file of imports) {
    const [from, to] = [findRoom(file.from), findRoom(file.to)];
    if (from && to && from !== to) arrows.set(`${from} ${to}`, { from, to });
  }
  return [...arrows.values()];
}

/** From one room to another a file may only look down: never up, and never at a neighbour. */
export function looksDown({ from, to }: Arrow): boolean {
  const [here, there] = [floorOf.get(from), floorOf.get(to)];
  return here !== undefined && there !== undefined && there < here;
}

/** Without the arrows that a longer way of arrows implies: what is left shows the floors. */
export function listLongest(arrows: Arrow[]): Arrow[] {
  const below = Map.groupBy(arrows, ({ from }) => from);
  const isReached = (from: string, to: string): boolean =>
    (below.get(from) ?? []).some((next) => next.to === to || isReached(next.to, to));
  return arrows.filter(
    ({ from, to }) => !(below.get(from) ?? []).some((next) => next.to !== to && isReached(next.to, to)),
  );
}
