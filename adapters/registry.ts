/** Loads every kind of board. The hub imports adapters only through this file. */
import { fileURLToPath } from 'node:url';
import { judgeCertificate, type Standing } from './conformance/judge-certificate.ts';
import type { AdapterKind, Offer } from './contract.ts';
import { adapterKinds, listPackages, loadOwnKind, ownNames } from './kinds.ts';

for (const name of ownNames) await loadOwnKind(name);

/** Whether the kind comes with the hub; otherwise a package brought it. */
export const isOwnKind = (name: string): boolean => ownNames.includes(name);

export type { CertificateRule } from './admission.ts';
export type { Standing } from './conformance/judge-certificate.ts';
export type { RefusedPackage } from './kinds.ts';
export {
  adapterKinds,
  carriesParts,
  checkBoardSettings,
  createAdapter,
  findAbilities,
  findAbsence,
  findWrittenPlaces,
  listExpressionPlaces,
  listPackages,
  loadAdapters,
  ownNames,
  tellsOfficers,
} from './kinds.ts';

/** A kind of board that can be used in this process. */
export interface InstalledKind {
  kind: AdapterKind;
  /** Where its files are: documents, presets, certificate. */
  folder: string;
  /** Present: it comes from this package. */
  package?: { name: string; version: string };
  certificate: Standing;
  /** What its adapters can do, where that is known. */
  offers?: readonly Offer[];
}

/** All kinds that can be used: the hub's own, then those of packages. */
export function listInstalled(): InstalledKind[] {
  const own = ownNames.flatMap((name): InstalledKind[] => {
    const kind = adapterKinds[name];
    const folder = fileURLToPath(new URL(`./${name}/`, import.meta.url));
    if (!kind) return [];
    const certificate = judgeCertificate({ folder, adapter: name });
    return [{ kind, folder, certificate, ...(kind.offers && { offers: kind.offers }) }];
  });
  const packaged = listPackages().used.map(({ kind, folder, name, version, certificate, offers }) => ({
    kind,
    folder,
    package: { name, version },
    certificate,
    ...(offers && { offers }),
  }));
  return [...own, ...packaged];
}
