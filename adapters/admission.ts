import { type Reason, toReason } from '../schemas/reason.ts';
import { judgeCertificate, type Standing } from './conformance/judge-certificate.ts';
import { listOffers, tryKindLaws } from './conformance/kind-laws.ts';
import type { Offer } from './contract.ts';
import { type AdapterPackage, AdapterPackageError } from './packages.ts';

/**
 * What the certificates of packages count for. `checked`: one that says that a law is broken refuses its package, and a
 * package with a void certificate or without any is used and marked. `required`: only a valid one will do. `ignored`: no
 * package is refused for its certificate.
 */
export type CertificateRule = 'ignored' | 'checked' | 'required';

/** A package that may be used, with what is known about it. */
export interface AdmittedPackage extends AdapterPackage {
  certificate: Standing;
  offers?: readonly Offer[];
}

/**
 * Holds a package to the laws: those of kinds are tried at once, and its certificate tells of the others. Throws
 * {@link AdapterPackageError} with the name of the first law that is broken.
 */
export async function admit(
  specifier: string,
  given: AdapterPackage,
  rule: CertificateRule,
): Promise<AdmittedPackage> {
  const { kind, folder, entry } = given;
  const refuse = (detail: Reason) => new AdapterPackageError(specifier, detail, { kind: kind.name });
  const broken = (await tryKindLaws(kind)).find(({ result }) => result === 'broken');
  if (broken?.breach && broken.detail)
    throw refuse(
      toReason('package_breaks_law', { name: kind.name, law: broken.breach, detail: broken.detail }),
    );
  const certificate = judgeCertificate({ folder, adapter: kind.name, entry });
  const fault = findFault(kind.name, certificate, rule);
  if (fault) throw refuse(fault);
  const offers = kind.offers ?? (await listOffers(kind));
  return { ...given, certificate, ...(offers && { offers }) };
}

function findFault(name: string, standing: Standing, rule: CertificateRule): Reason | undefined {
  if (rule === 'ignored' || standing.state === 'valid') return undefined;
  if (standing.state === 'broken')
    return toReason('package_certified_broken', { name, law: standing.laws[0] ?? '' });
  if (rule === 'checked') return undefined;
  const detail = standing.state === 'void' ? standing.reason : toReason('certificate_none');
  return toReason('package_uncertified', { name, detail });
}
