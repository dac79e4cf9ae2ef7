/** Lists the secret references (`env:NAME`, `file:PATH`) in an adapter's settings: the names, never the secrets. */
export function listSecretReferences(settings: unknown): string[] {
  if (typeof settings === 'string') return /^(env:[A-Z][A-Z0-9_]*|file:.+)$/.test(settings) ? [settings] : [];
  if (typeof settings !== 'object' || settings === null) return [];
  return [...new Set(Object.values(settings).flatMap(listSecretReferences))];
}
