import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { StartFixture } from '../../../adapters/conformance/board-fixture.ts';
import { toText, tryLaw, type Verdict } from '../../../adapters/conformance/certificate.ts';
import { digestFiles, listOwnFiles } from '../../../adapters/conformance/certified-files.ts';
import { conformanceLaws } from '../../../adapters/conformance/conformance.ts';
import { contractVersion } from '../../../adapters/contract.ts';
import packageJson from '../../../package.json' with { type: 'json' };

const adapters = fileURLToPath(new URL('../../../adapters/', import.meta.url));
/** Where certificates are written, as text and as JSON. */
const folder = new URL('../../../data/conformance/', import.meta.url);

/**
 * One test per law. `lacking` names, by the reason that is given, what this adapter leaves out: whatever else is not
 * supported is a gap that nobody meant, and fails. Writes the certificate when all have been tried. `isMissing`: this
 * machine lacks a program that the sample board needs.
 */
export function holdToLaws(
  adapter: string,
  startFixture: StartFixture,
  {
    lacking = [],
    isMissing = false,
  }: { lacking?: RegExp[] | undefined; isMissing?: boolean | undefined } = {},
): void {
  const verdicts: Verdict[] = [];
  describe(`adapter ${adapter}`, () => {
    test.skipIf(isMissing).each(conformanceLaws)('$name', async (law) => {
      const verdict = await tryLaw(law, startFixture);
      verdicts.push(verdict);
      expect(verdict.result, verdict.why).not.toBe('broken');
      if (verdict.result === 'not supported') {
        const why = verdict.why ?? '';
        expect(
          lacking.some((one) => one.test(why)),
          `not supported: ${why}`,
        ).toBe(true);
      }
    });
    afterAll(async () => {
      // Somebody asked for some of the laws only.
      if (verdicts.length < conformanceLaws.length) return;
      const date = new Date().toISOString();
      // A kind that is tried in two ways has one folder, and its certificate is that of the first.
      const home = join(adapters, adapter);
      const certificate = {
        adapter,
        version: packageJson.version,
        contract: contractVersion,
        date,
        files: existsSync(home) ? digestFiles(home, listOwnFiles(home)) : {},
        laws: verdicts,
      };
      await mkdir(folder, { recursive: true });
      await writeFile(new URL(`${adapter}.txt`, folder), toText(certificate));
      await writeFile(new URL(`${adapter}.json`, folder), `${JSON.stringify(certificate, null, 2)}\n`);
    });
  });
}
