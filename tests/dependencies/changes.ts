import { type Lock, listPlaces, type Place } from './lock.ts';
import { findLicence } from './review.ts';

/** One package whose versions differ between two locks. */
export interface Change {
  name: string;
  /** Versions that were there, and that are there. */
  was: string[];
  is: string[];
  licence: string;
  /** Packages of package.json through which it comes. */
  through: string[];
  development: boolean;
  script: boolean;
}

function byName(lock: Lock): Map<string, Place[]> {
  return Map.groupBy(listPlaces(lock), ({ name }) => name);
}

const versionsOf = (places: readonly Place[] = []) =>
  [...new Set(places.map(({ version }) => version))].sort();

/** The place at which node finds `name` when `from` asks for it: its own folder first, then each one above. */
function findPlace(lock: Lock, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (lock.packages[path]) return path;
    if (folder === '') return undefined;
  }
}

function listNeeded(lock: Lock, path: string): string[] {
  const { dependencies, optionalDependencies, peerDependencies } = lock.packages[path]!;
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
    .map((name) => findPlace(lock, path, name))
    .filter((found) => found !== undefined);
}

/** For each place, the packages of package.json that bring it. */
function listRoots(lock: Lock): Map<string, Set<string>> {
  const roots = new Map<string, Set<string>>();
  const { dependencies, devDependencies } = lock.packages[''] ?? {};
  for (const root of Object.keys({ ...dependencies, ...devDependencies })) {
    const reached = new Set([findPlace(lock, '', root)].filter((path) => path !== undefined));
    // A set hands out what is added while it is walked.
    for (const path of reached) for (const needed of listNeeded(lock, path)) reached.add(needed);
    for (const path of reached) roots.set(path, (roots.get(path) ?? new Set()).add(root));
  }
  return roots;
}

/** What a change of the lock brings, takes away and moves, by name. */
export function listChanges(before: Lock, after: Lock): Change[] {
  const [old, now, roots] = [byName(before), byName(after), listRoots(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((name) => {
      const places = now.get(name) ?? [];
      return {
        name,
        was: versionsOf(old.get(name)),
        is: versionsOf(places),
        licence: [...new Set(places.map((place) => findLicence(place) ?? 'none'))].join(', '),
        through: [...new Set(places.flatMap(({ path }) => [...(roots.get(path) ?? [])]))].sort(),
        development: places.every(({ locked }) => locked.dev),
        script: places.some(({ locked }) => locked.hasInstallScript),
      };
    })
    .filter(({ was, is }) => was.join() !== is.join());
}
