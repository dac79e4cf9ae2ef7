/** One place of `node_modules` in a package-lock.json of lockfileVersion 3, as far as it is judged. */
export interface LockedPackage {
  name?: string;
  version?: string;
  license?: string | undefined;
  integrity?: string | undefined;
  /** Absent for what comes from the registry: `.npmrc` leaves its host out. */
  resolved?: string;
  link?: boolean;
  dev?: boolean;
  /** Left out where another operating system is. */
  optional?: boolean;
  hasInstallScript?: boolean;
  deprecated?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

export interface Lock {
  packages: Record<string, LockedPackage>;
}

/** What stands in package.json and is judged with the lock. */
export interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  /** npm runs a package's install script only where this says true. */
  allowScripts?: Record<string, boolean>;
}

export interface Place {
  /** `node_modules/a/node_modules/b` */
  path: string;
  name: string;
  version: string;
  locked: LockedPackage;
}

const lastFolder = 'node_modules/';

/** Each package that the lock would install, without the project itself. */
export function listPlaces(lock: Lock): Place[] {
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, locked]) => ({
      path,
      name: locked.name ?? path.slice(path.lastIndexOf(lastFolder) + lastFolder.length),
      version: locked.version ?? 'none',
      locked,
    }));
}
