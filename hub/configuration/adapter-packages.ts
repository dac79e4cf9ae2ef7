import { loadAdapters } from '../../adapters/registry.ts';
import type { Settings } from '../settings.ts';

/**
 * Registers the adapters of ADAPTER_PACKAGES, once, before the configuration is read. Names and paths are resolved from
 * the folder `from`. Returns what is wrong with each package that cannot be used; a hub goes on without it.
 */
export async function loadAdapterPackages(
  {
    ADAPTER_PACKAGES = '',
    ADAPTER_CERTIFICATES,
  }: Pick<Settings, 'ADAPTER_PACKAGES' | 'ADAPTER_CERTIFICATES'>,
  from = process.cwd(),
): Promise<string[]> {
  const problems = await loadAdapters(
    ADAPTER_PACKAGES.split(',')
      .map((name) => name.trim())
      .filter(Boolean),
    from,
    ADAPTER_CERTIFICATES,
  );
  return problems.map((problem) => `ADAPTER_PACKAGES: ${problem}`);
}
