/**
 * Adapters from outside: npm packages that the configuration names. A package exports `adapter`, which is a kind of
 * board, or a function that creates one from the kit. The package must contain JavaScript, because Node strips no types
 * below node_modules.
 */
import { existsSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Reason, ReasonError, reasonOf, toReason } from '../schemas/reason.ts';
import type { BoardFixture } from './conformance/board-fixture.ts';
import { type AdapterKind, contractVersion } from './contract.ts';
import type { AdapterKit } from './kit/index.ts';

/** A kind of board as a package exports it. */
export type PackagedKind = AdapterKind & {
  /** The `contractVersion` (adapters/contract.ts) for which it was written. */
  contractVersion: number;
};

/** The export `adapter` of a package. */
export type AdapterExport = PackagedKind | ((kit: AdapterKit) => PackagedKind);

/**
 * The export `startFixture` of a package's conformance.js, for `npm run conformance`. It starts a sample board and an
 * adapter that is connected to it.
 */
export type StartPackagedFixture = (given: { kit: AdapterKit; kind: AdapterKind }) => Promise<BoardFixture>;

export interface AdapterPackage {
  kind: PackagedKind;
  /** The name in its package.json. */
  name: string;
  version: string;
  folder: string;
  /** The file that was loaded. */
  entry: string;
}

/** A package that cannot be used. The reason says which one, why, and what would be right. */
export class AdapterPackageError extends ReasonError {
  /** The name of its kind, if it got as far as to tell it. */
  readonly kind: string | undefined;
  constructor(specifier: string, detail: Reason, { cause, kind }: { cause?: unknown; kind?: string } = {}) {
    super(toReason('package_unusable', { package: specifier, detail }), { cause });
    this.name = 'AdapterPackageError';
    this.kind = kind;
  }
}

/**
 * Loads a package by its name. npm has installed it in or above the folder `from`, or beside the hub. A name that
 * begins with `.` or `/` is the path of its folder, relative to `from`. Throws {@link AdapterPackageError}.
 */
export async function loadAdapterPackage(specifier: string, from: string): Promise<AdapterPackage> {
  const place = locate(specifier, from);
  const exported = await load(specifier, place);
  if (exported.adapter === undefined)
    throw new AdapterPackageError(specifier, toReason('package_exports_nothing'));
  const { adapter } = exported;
  let kind: unknown;
  try {
    kind = typeof adapter === 'function' ? adapter((await import('./kit/index.ts')).kit) : adapter;
  } catch (error) {
    throw new AdapterPackageError(specifier, toReason('package_not_made', { detail: reasonOf(error) }), {
      cause: error,
    });
  }
  return { kind: checkKind(specifier, kind), ...place };
}

interface Place {
  folder: string;
  name: string;
  version: string;
  entry: string;
}

function locate(specifier: string, from: string): Place {
  const file = /^[./]/.test(specifier)
    ? join(resolve(from, specifier), 'package.json')
    : find(specifier, from);
  if (file === undefined || !existsSync(file)) {
    const problem = /^[./]/.test(specifier)
      ? toReason('package_no_file', { file: file ?? '' })
      : toReason('package_not_installed', { folder: from });
    throw new AdapterPackageError(specifier, problem);
  }
  const folder = dirname(file);
  try {
    const { name = specifier, version = '0.0.0', ...rest } = JSON.parse(readFileSync(file, 'utf8'));
    return { folder, name, version, entry: join(folder, entryOf(rest)) };
  } catch (error) {
    throw new AdapterPackageError(
      specifier,
      toReason('package_json_unreadable', { detail: reasonOf(error) }),
      { cause: error },
    );
  }
}

function find(specifier: string, from: string): string | undefined {
  for (const base of [pathToFileURL(join(from, 'package.json')), new URL(import.meta.url)]) {
    try {
      const file = findPackageJSON(specifier, base);
      if (file) return file;
    } catch {
      // The package is not here; the loop tries the next place.
    }
  }
  return undefined;
}

/** The file that `import` would load: `exports` with the conditions that apply here, else `main`. */
function entryOf({ exports, main }: { exports?: unknown; main?: string }): string {
  const root = isRecord(exports) && '.' in exports ? exports['.'] : exports;
  return choose(root) ?? main ?? 'index.js';
}

function choose(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (!isRecord(target)) return undefined;
  for (const [condition, inner] of Object.entries(target))
    if (['import', 'node', 'default'].includes(condition)) return choose(inner);
  return undefined;
}

async function load(specifier: string, { entry }: Place): Promise<Partial<Record<'adapter', unknown>>> {
  try {
    return await import(pathToFileURL(entry).href);
  } catch (error) {
    const isTypeScript =
      (error as NodeJS.ErrnoException).code === 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING';
    const problem = isTypeScript
      ? toReason('package_typescript')
      : toReason('package_not_loaded', { detail: reasonOf(error) });
    throw new AdapterPackageError(specifier, problem, { cause: error });
  }
}

function checkKind(specifier: string, kind: unknown): PackagedKind {
  const refuse = (problem: Reason) => new AdapterPackageError(specifier, problem);
  if (!isRecord(kind)) throw refuse(toReason('package_no_kind'));
  if (kind.contractVersion !== contractVersion)
    throw refuse(
      toReason('package_contract', { theirs: String(kind.contractVersion), ours: contractVersion }),
    );
  const { name, settings, checkSettings, create } = kind;
  const isWord = typeof name === 'string' && /^[a-z][a-z0-9-]{0,39}$/.test(name);
  if (!isWord) throw refuse(toReason('package_name'));
  const missing = [
    ...(isRecord(settings) ? [] : ['settings (a JSON Schema)']),
    ...(typeof checkSettings === 'function' ? [] : ['checkSettings()']),
    ...(typeof create === 'function' ? [] : ['create()']),
  ];
  if (missing.length > 0) throw refuse(toReason('package_lacks', { name, parts: missing.join(', ') }));
  return kind as unknown as PackagedKind;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
