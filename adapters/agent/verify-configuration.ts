import { createPublicKey, verify } from 'node:crypto';
import {
  type AgentConfiguration,
  ReasonError,
  type SignedConfiguration,
  toReason,
} from '../../schemas/index.ts';
import { readConfiguration } from './hub/hub-calls.ts';

/** A configuration that is refused, because it may not be the hub's configuration for this agent. */
export class UntrustedConfiguration extends ReasonError {
  override name = 'UntrustedConfiguration';
}

export interface Trusted {
  /** The hub's Ed25519 public key (SPKI, base64) from the enrolment. */
  hubKey: string;
  agency: string;
  /** The newest version that the hub ever sent. */
  newest: number | undefined;
}

/**
 * Verifies a configuration. The hub must have signed it (Ed25519, RFC 8032) for this agency, and no newer one may be
 * known. An old one also has a valid signature, but it would bring back old mistakes. Throws {@link
 * UntrustedConfiguration} or HubError `malformed`.
 */
export function verifyConfiguration(
  { document, signature }: SignedConfiguration,
  { hubKey, agency, newest }: Trusted,
): AgentConfiguration {
  const key = createPublicKey({ key: Buffer.from(hubKey, 'base64'), format: 'der', type: 'spki' });
  if (!verify(null, Buffer.from(document, 'utf8'), key, Buffer.from(signature, 'base64')))
    throw new UntrustedConfiguration(toReason('configuration_unsigned'));
  const configuration = readConfiguration(JSON.parse(document));
  if (configuration.agency !== agency)
    throw new UntrustedConfiguration(
      toReason('configuration_of_another', { other: configuration.agency, agency }),
    );
  if (newest !== undefined && configuration.version < newest)
    throw new UntrustedConfiguration(
      toReason('configuration_older', { version: configuration.version, newest }),
    );
  return configuration;
}
