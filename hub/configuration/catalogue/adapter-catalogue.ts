import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  findAbsence,
  type InstalledKind,
  listInstalled,
  listPackages,
  type RefusedPackage,
  type Standing,
} from '../../../adapters/registry.ts';
import { type Agency, type Reason, toReason } from '../../../schemas/index.ts';
import type { Directory } from '../directory.ts';
import { listSettings, type Setting } from './list-settings.ts';

/** A kind of board, as the catalogue tells of it. Plain data: it can be sent as JSON. */
export interface CatalogueEntry {
  name: string;
  /** Of its package; absent: it comes with the hub. */
  package?: { name: string; version: string };
  /** What its adapters can do at most (`Offer` of adapters/contract.ts). Absent: nobody knows. */
  offers?: readonly string[];
  certificate: Standing;
  /** How many agencies have such a board, here and now. */
  agencies: number;
}

/** All of one kind. */
export interface CatalogueDetail extends CatalogueEntry {
  /** Its README.md, as written. Absent: it has none. */
  documentation?: string;
  settings: Setting[];
  /** Presets of its settings, and whole agencies that were worked out for a product. */
  examples: Example[];
}

interface Example {
  kind: 'preset' | 'product';
  name: string;
  /** The file, as written. */
  text: string;
}

export interface Catalogue {
  entries: CatalogueEntry[];
  refused: RefusedPackage[];
}

/** The kinds of board of this process, and the packages that were refused. */
export function readCatalogue(directory: Pick<Directory, 'listAgencies'>): Catalogue {
  const uses = countUses(directory);
  return {
    entries: listInstalled().map((installed) => toEntry(installed, uses)),
    refused: listPackages().refused,
  };
}

/** One kind with its documents. Undefined: there is none of this name. */
export function findInCatalogue(
  directory: Pick<Directory, 'listAgencies'>,
  name: string,
): CatalogueDetail | undefined {
  const installed = listInstalled().find(({ kind }) => kind.name === name);
  if (!installed) return undefined;
  const { folder, kind } = installed;
  const readme = join(folder, 'README.md');
  return {
    ...toEntry(installed, countUses(directory)),
    ...(existsSync(readme) && { documentation: readFileSync(readme, 'utf8') }),
    settings: listSettings(kind.settings),
    examples: [...listExamples(folder, 'presets'), ...listExamples(folder, 'products')],
  };
}

/** The codes of the agencies with a board of this kind, in order. */
export const listUsers = ({ listAgencies }: Pick<Directory, 'listAgencies'>, name: string): string[] =>
  listAgencies()
    .flatMap(({ code, board }) => (board?.adapter === name ? [code] : []))
    .sort();

/** Agencies whose kind of board this process has not, and why. */
export const listUnserved = ({
  listAgencies,
}: Pick<Directory, 'listAgencies'>): { agency: string; reason: Reason }[] =>
  listAgencies().flatMap((agency) => {
    const reason = findUnserved(agency);
    return reason ? [{ agency: agency.code, reason }] : [];
  });

/** Why nothing is exchanged with the agency's board: its kind was refused, or is not there. */
export const findUnserved = ({ board }: Pick<Agency, 'board'>): Reason | undefined =>
  board && findAbsence(board.adapter);

/** What an administrator should know of the packages in use: each that has no valid certificate. */
export const listUncertified = (): { name: string; detail: Reason }[] =>
  listInstalled().flatMap(({ package: from, certificate }) =>
    from && certificate.state !== 'valid' ? [{ name: from.name, detail: toDetail(certificate) }] : [],
  );

function toDetail(standing: Exclude<Standing, { state: 'valid' }>): Reason {
  if (standing.state === 'void') return standing.reason;
  if (standing.state === 'none') return toReason('certificate_none');
  return toReason('certificate_broken', { law: standing.laws[0] ?? '' });
}

function toEntry(
  { kind, package: from, certificate, offers }: InstalledKind,
  uses: Map<string, number>,
): CatalogueEntry {
  return {
    name: kind.name,
    ...(from && { package: from }),
    ...(offers && { offers }),
    certificate,
    agencies: uses.get(kind.name) ?? 0,
  };
}

function countUses({ listAgencies }: Pick<Directory, 'listAgencies'>): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { board } of listAgencies())
    if (board) uses.set(board.adapter, (uses.get(board.adapter) ?? 0) + 1);
  return uses;
}

function listExamples(folder: string, below: 'presets' | 'products'): Example[] {
  const place = join(folder, below);
  if (!existsSync(place)) return [];
  const kind = below === 'presets' ? 'preset' : 'product';
  return readdirSync(place)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      kind,
      name: file.replace(/\.yaml$/, ''),
      text: readFileSync(join(place, file), 'utf8'),
    }));
}
