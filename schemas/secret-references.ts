const reference = /^(env:[A-Z][A-Z0-9_]*|file:.+)$/;
/** How a reference to a secret is written: `env:NAME`, `file:PATH`. */
export const secretPattern = reference.source;

/** How a secret is named that the hub made itself and keeps nowhere, for an endpoint: `hub:MARK`. */
const ownMark = /^hub:[a-z0-9]{8,32}$/;
/** Either of them. It holds {@link secretPattern} as it is, so that settings are known to be secret by that. */
export const endpointSecretPattern = `${secretPattern}|${ownMark.source}`;

export const isOwnSecret = (text: string): boolean => ownMark.test(text);

export const isSecretReference = (text: string): boolean => reference.test(text);

/** Lists the secret references (`env:NAME`, `file:PATH`) in an adapter's settings: the names, never the secrets. */
export function listSecretReferences(settings: unknown): string[] {
  if (typeof settings === 'string') return isSecretReference(settings) ? [settings] : [];
  if (typeof settings !== 'object' || settings === null) return [];
  return [...new Set(Object.values(settings).flatMap(listSecretReferences))];
}

/** Names under which settings keep secrets. */
export const isSecretName = (name: string): boolean =>
  /(password|passwd|passphrase|secret|token|api[_-]?key|private[_-]?key|credential)s?$/i.test(name);
