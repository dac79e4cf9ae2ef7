import satisfies from 'spdx-satisfies';
import { type Lock, type LockedPackage, listPlaces, type Manifest, type Place } from './lock.ts';
import { allowedLicences, readLicences } from './policy.ts';

/** What may not stay as it is: where, what is wrong, what would be right. */
export interface Finding {
  package: string;
  problem: string;
}

/** The licence that somebody read in the package's files, where it names none in SPDX, or the one that it names. */
export function findLicence({ name, version, locked }: Place): string | undefined {
  return readLicences[`${name}@${version}`]?.licence ?? locked.license;
}

function judgeLicence(place: Place): string[] {
  const licence = findLicence(place);
  if (licence === undefined)
    return [
      'names no licence: read it in its files, and add it to readLicences in tests/dependencies/policy.ts',
    ];
  const allowed = place.locked.dev ? allowedLicences.development : allowedLicences.runtime;
  try {
    return satisfies(licence, allowed) ? [] : [`is licensed ${licence}; allowed are ${allowed.join(', ')}`];
  } catch {
    return [`is licensed "${licence}", which is no SPDX expression`];
  }
}

function judgeSource({ resolved, link, integrity }: LockedPackage): string[] {
  if (link) return ['is a link to a folder; only packages of the registry may be used'];
  if (resolved !== undefined)
    return [
      `comes from ${resolved}; only packages of the registry may be used (.npmrc leaves their address out)`,
    ];
  return integrity === undefined
    ? ['has no integrity in the lock, so another file could be put in its place']
    : [];
}

/** Install scripts run with all rights of whoever installs. Each is decided once, by name. */
function judgeScript(allowScripts: Readonly<Record<string, boolean>>, { name, locked }: Place): string[] {
  if (!locked.hasInstallScript || allowScripts[name] !== undefined) return [];
  return [
    'runs a script when it is installed: read it, then say true or false in allowScripts of package.json',
  ];
}

const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

function judgeRanges({ dependencies, devDependencies }: Manifest): Finding[] {
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, range]) => !exact.test(range))
    .map(([name, range]) => ({
      package: name,
      problem: `is asked for as "${range}"; package.json names one version`,
    }));
}

/** Holds a lock against the rules. Nothing is asked of anybody outside. */
export function review(manifest: Manifest, lock: Lock): Finding[] {
  const places = listPlaces(lock);
  const found = places.flatMap((place) =>
    [
      ...judgeLicence(place),
      ...judgeSource(place.locked),
      ...judgeScript(manifest.allowScripts ?? {}, place),
      ...(place.locked.deprecated ? [`is given up by its authors: ${place.locked.deprecated}`] : []),
    ].map((problem) => ({ package: `${place.name}@${place.version}`, problem })),
  );
  const known = new Set(places.map(({ name, version }) => `${name}@${version}`));
  const left = Object.keys(readLicences)
    .filter((one) => !known.has(one))
    .map((one) => ({
      package: one,
      problem: 'stands in readLicences and is used no longer: remove the line',
    }));
  return [...judgeRanges(manifest), ...found, ...left];
}
