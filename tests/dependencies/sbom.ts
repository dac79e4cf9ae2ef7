/** `npm run sbom`: what the hub is made of, as CycloneDX JSON on standard output. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type Lock, listPlaces } from './lock.ts';
import { readLicences } from './policy.ts';

interface Component {
  'bom-ref': string;
  name: string;
  version: string;
  licenses?: { license: { id: string } }[];
}

export interface Sbom {
  bomFormat: string;
  specVersion: string;
  metadata: { component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

/** @param folder of package.json and package-lock.json; `node_modules` is not looked at. */
export function makeSbom(folder: string): Sbom {
  const readJson = <T>(file: string) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as T;
  const text = execFileSync(
    'npm',
    ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const sbom = JSON.parse(text) as Sbom;
  // npm 10 and 11 call the project by the name of its folder.
  sbom.metadata.component.name = readJson<{ name: string }>('package.json').name;
  // Not by --omit=dev: npm 11 then leaves out what a package of the hub and one of the tests both use.
  const places = listPlaces(readJson<Lock>('package-lock.json')).filter(({ locked }) => !locked.dev);
  const runtime = new Set(places.map(({ name, version }) => `${name}@${version}`));
  sbom.components = sbom.components.filter(({ name, version }) => runtime.has(`${name}@${version}`));
  const listed = new Set([sbom.metadata.component, ...sbom.components].map((one) => one['bom-ref']));
  sbom.dependencies = sbom.dependencies
    .filter(({ ref }) => listed.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => listed.has(one)) }));
  for (const component of sbom.components) {
    const read = readLicences[`${component.name}@${component.version}`];
    if (!component.licenses?.length && read) component.licenses = [{ license: { id: read.licence } }];
  }
  return sbom;
}

if (import.meta.main) {
  const root = new URL('../../', import.meta.url).pathname;
  process.stdout.write(`${JSON.stringify(makeSbom(root), null, 2)}\n`);
}
