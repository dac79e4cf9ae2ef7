import { loadAdapters } from '../../adapters/registry.ts';
import { type Settings, SettingsError } from '../settings.ts';

/**
 * Registers the adapters of ADAPTER_PACKAGES, once, before the configuration is read. Names and paths are resolved from
 * the folder `from`. Throws SettingsError with every package that cannot be used.
 */
export async function loadAdapterPackages(
  { ADAPTER_PACKAGES = '' }: Pick<Settings, 'ADAPTER_PACKAGES'>,
  from = process.cwd(),
): Promise<void> {
  const problems = await loadAdapters(
    ADAPTER_PACKAGES.split(',')
      .map((name) => name.trim())
      .filter(Boolean),
    from,
  );
  if (problems.length > 0) throw new SettingsError(problems.map((problem) => `ADAPTER_PACKAGES: ${problem}`));
}
