/**
 * The kinds of board that the hub can speak with: one import per adapter, and the packages that the configuration
 * names. The hub knows adapters by this file alone.
 */
import type { BoardConnection, Problem } from '../schemas/index.ts';
import type { AdapterContext, AdapterKind, BoardAdapter } from './contract.ts';
import { mailAdapter } from './mail/index.ts';
import { open311Adapter } from './open311/index.ts';
import { type AdapterPackage, AdapterPackageError, loadAdapterPackage } from './packages.ts';
import { restAdapter } from './rest/index.ts';
import { soapAdapter } from './soap/index.ts';
import { sqlAdapter } from './sql/index.ts';
import { webhookAdapter } from './webhook/index.ts';

const kinds = [mailAdapter, restAdapter, soapAdapter, sqlAdapter, webhookAdapter, open311Adapter];

/** By the word that an agency's configuration uses in `board.adapter`. */
export const adapterKinds: Record<string, AdapterKind> = Object.fromEntries(
  kinds.map((kind) => [kind.name, kind]),
);

const loaded: AdapterPackage[] = [];

/**
 * Make the kinds of packages from outside known beside those above, for the rest of this process; what is known
 * already is left alone. Returns what is wrong, in words for an administrator; empty when all can be used.
 */
export async function loadAdapters(specifiers: string[], from: string): Promise<string[]> {
  const problems: string[] = [];
  for (const specifier of specifiers) {
    try {
      const given = await loadAdapterPackage(specifier, from);
      if (loaded.some(({ folder }) => folder === given.folder)) continue;
      const { name } = given.kind;
      if (findKind(name)) {
        const owner = loaded.find(({ kind }) => kind.name === name)?.name ?? 'the hub itself';
        throw new AdapterPackageError(specifier, `there is an adapter "${name}" already, of ${owner}`);
      }
      loaded.push(given);
      adapterKinds[name] = given.kind;
    } catch (error) {
      if (!(error instanceof AdapterPackageError)) throw error;
      problems.push(error.message);
    }
  }
  return problems;
}

/** The adapter of one agency's board. Its settings have passed {@link checkBoardSettings}; nothing connects yet. */
export function createAdapter(board: BoardConnection, context: AdapterContext): BoardAdapter {
  const kind = findKind(board.adapter);
  if (!kind) throw new Error(`agency ${context.agency}: ${unknownKind(board.adapter)}`);
  const networks = [...(context.networks ?? []), ...(board.networks ?? [])];
  return kind.create(board.settings, { ...context, networks });
}

/** Whether what is brought to such a board tells the officers of it. */
export const tellsOfficers = (board: BoardConnection): boolean =>
  findKind(board.adapter)?.tellsOfficers ?? false;

/** What is wrong with the settings of a board; pointers start at the board connection. */
export function checkBoardSettings(board: BoardConnection): Problem[] {
  const kind = findKind(board.adapter);
  if (!kind) return [{ pointer: '/adapter', message: unknownKind(board.adapter) }];
  return kind
    .checkSettings(board.settings)
    .map(({ pointer, message }) => ({ pointer: `/settings${pointer}`, message }));
}

function findKind(name: string): AdapterKind | undefined {
  return Object.hasOwn(adapterKinds, name) ? adapterKinds[name] : undefined;
}

function unknownKind(name: string): string {
  return `there is no adapter "${name}"; known: ${Object.keys(adapterKinds).join(', ')}`;
}
