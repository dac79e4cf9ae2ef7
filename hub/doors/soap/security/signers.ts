import { X509Certificate } from 'node:crypto';
import type { Agency } from '../../../../schemas/index.ts';
import type { Directory } from '../../../configuration/directory.ts';
import type { ListSigners, Signer } from './certificates.ts';

/** The certificates of the configuration in force. Each is read once, until its agency's document changes. */
export function createSigners(directory: Pick<Directory, 'listAgencies'>): ListSigners {
  const known = new WeakMap<Agency, Signer[]>();
  return () =>
    directory.listAgencies().flatMap((agency) => {
      const signers = known.get(agency) ?? readSigners(agency);
      known.set(agency, signers);
      return signers;
    });
}

const readSigners = ({ code, doors }: Agency): Signer[] =>
  (doors?.signers ?? []).map((pem) => ({ agency: code, certificate: new X509Certificate(pem) }));
