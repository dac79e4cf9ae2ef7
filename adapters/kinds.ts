/**
 * The kinds of board: those of this folder, each loaded when it is first needed, and those of packages that the
 * configuration names. The hub knows all of them (registry.ts). An agent serves one board and saves the memory of the
 * rest.
 */
import {
  type BoardConnection,
  fromGivenProblem,
  type Problem,
  type Reason,
  ReasonError,
  toReason,
} from '../schemas/index.ts';
import { type AdmittedPackage, admit, type CertificateRule } from './admission.ts';
import type {
  Abilities,
  AdapterContext,
  AdapterKind,
  BoardAdapter,
  ExpressionPlace,
  WrittenPlaces,
} from './contract.ts';
import { findNearest } from './kit/text/edit-distance.ts';
import { AdapterPackageError, loadAdapterPackage } from './packages.ts';
import { speakSteps, withSteps } from './relay/speaking.ts';

const ownKinds: Record<string, () => Promise<AdapterKind>> = {
  mail: async () => (await import('./mail/index.ts')).mailAdapter,
  rest: async () => (await import('./rest/index.ts')).restAdapter,
  soap: async () => (await import('./soap/index.ts')).soapAdapter,
  sql: async () => (await import('./sql/index.ts')).sqlAdapter,
  webhook: async () => (await import('./webhook/index.ts')).webhookAdapter,
  open311: async () => (await import('./open311/index.ts')).open311Adapter,
};
export const ownNames = Object.keys(ownKinds);

/** The loaded kinds, by the word in `board.adapter` of an agency's configuration. */
export const adapterKinds: Record<string, AdapterKind> = {};

/**
 * Loads a kind of this folder if it is not yet loaded. It ignores an unknown name: whoever uses that name reports it.
 */
export async function loadOwnKind(name: string): Promise<void> {
  const load = Object.hasOwn(ownKinds, name) ? ownKinds[name] : undefined;
  if (load) adapterKinds[name] ??= await load();
}

const loaded: AdmittedPackage[] = [];
const refused = new Map<string, RefusedPackage>();

/** A package that is not used, and why. `kind`: the name of its kind, where the package got as far as to tell it. */
export interface RefusedPackage {
  specifier: string;
  kind?: string;
  reason: Reason;
}

/** The packages of this process: those in use, and those that were refused. */
export const listPackages = (): { used: readonly AdmittedPackage[]; refused: RefusedPackage[] } => ({
  used: loaded,
  refused: [...refused.values()],
});

/**
 * Loads the kinds of packages from outside for the rest of this process. It skips those that are loaded already.
 * Returns the problems, worded for an administrator; empty when all can be used. A package that is refused is
 * remembered: whoever asks for its kind is told why there is none.
 */
export async function loadAdapters(
  specifiers: string[],
  from: string,
  certificates: CertificateRule = 'checked',
): Promise<string[]> {
  const problems: string[] = [];
  for (const specifier of specifiers) {
    try {
      refused.delete(specifier);
      const given = await loadAdapterPackage(specifier, from);
      if (loaded.some(({ folder }) => folder === given.folder)) continue;
      const { name } = given.kind;
      if (ownNames.includes(name) || findKind(name)) {
        const owner = loaded.find(({ kind }) => kind.name === name)?.name ?? toReason('package_hub_itself');
        throw new AdapterPackageError(specifier, toReason('package_name_taken', { name, owner }));
      }
      loaded.push(await admit(specifier, given, certificates));
      adapterKinds[name] = given.kind;
    } catch (error) {
      if (!(error instanceof AdapterPackageError)) throw error;
      problems.push(error.message);
      const { reason, kind } = error;
      refused.set(specifier, { specifier, reason, ...(kind && { kind }) });
    }
  }
  return problems;
}

/** Why there is no such kind here. Undefined: there is one. */
export const findAbsence = (name: string): Reason | undefined =>
  ownNames.includes(name) || findKind(name) ? undefined : unknownKind(name);

/**
 * Creates the adapter of one agency's board. The settings have passed {@link checkBoardSettings}. Nothing connects yet.
 */
export function createAdapter(board: BoardConnection, context: AdapterContext): BoardAdapter {
  const kind = findKind(board.adapter);
  if (!kind)
    throw new ReasonError(
      toReason('at', { place: `agency ${context.agency}`, detail: unknownKind(board.adapter) }),
    );
  const networks = [...(context.networks ?? []), ...(board.networks ?? [])];
  const adapter = kind.create(board.settings, { ...context, networks });
  return kind.readByProgram ? adapter : speakSteps(adapter);
}

/** The expressions of a board's settings, as far as its kind can list them; the pointers begin at the settings. */
export function listExpressionPlaces({ adapter, settings }: BoardConnection): ExpressionPlace[] {
  return findKind(adapter)?.expressions?.(settings) ?? [];
}

/**
 * What the adapter of this board will offer, if its kind can tell from the settings. Throws if there is no such kind.
 */
export function findAbilities({ adapter, settings }: BoardConnection): Abilities | undefined {
  const kind = findKind(adapter);
  if (!kind) throw new ReasonError(unknownKind(adapter));
  const abilities = kind.abilities?.(settings);
  if (!abilities || kind.readByProgram) return abilities;
  return { ...abilities, carries: withSteps(abilities.carries) };
}

/**
 * Names the places into which this board is written. Undefined: its kind cannot tell. The settings have passed
 * {@link checkBoardSettings}.
 */
export const findWrittenPlaces = ({ adapter, settings }: BoardConnection): WrittenPlaces | undefined =>
  findKind(adapter)?.writesTo?.(settings);

/** True if a delivery to this board is itself a notice to its officers. */
export const tellsOfficers = (board: BoardConnection): boolean =>
  findKind(board.adapter)?.tellsOfficers ?? false;

/** True if a board of this kind can hold a part of a complaint as a post of its own. */
export const carriesParts = (board: BoardConnection): boolean =>
  findKind(board.adapter)?.carriesParts ?? false;

/** Checks the settings of a board. The pointers of the problems start at the board connection. */
export function checkBoardSettings(board: BoardConnection): Problem[] {
  const kind = findKind(board.adapter);
  if (!kind) return [{ pointer: '/adapter', reason: unknownKind(board.adapter) }];
  return kind
    .checkSettings(board.settings)
    .map(fromGivenProblem)
    .map(({ pointer, reason }) => ({ pointer: `/settings${pointer}`, reason }));
}

function findKind(name: string): AdapterKind | undefined {
  return Object.hasOwn(adapterKinds, name) ? adapterKinds[name] : undefined;
}

/** A document that is not checked yet may name none, or something that is no text. */
function unknownKind(given: unknown): Reason {
  const name = String(given);
  const why = [...refused.values()].find(({ kind }) => kind === name);
  if (why) return toReason('adapter_refused', { name, detail: why.reason });
  const names = [...new Set([...ownNames, ...Object.keys(adapterKinds)])];
  const known = names.join(', ');
  const suggestion = findNearest(name, names);
  return suggestion === undefined
    ? toReason('unknown_adapter', { name, known })
    : toReason('unknown_adapter_but', { name, suggestion, known });
}
