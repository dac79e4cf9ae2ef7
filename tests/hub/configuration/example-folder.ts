import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export const agencyFile = (code: string, name = code) => `code: ${code}
name:
  ko: ${name}
officers:
  - name: 김담당
    email: officer@${code}.example
`;

export const goodFiles: Record<string, string> = {
  'agencies/alpha.yaml': agencyFile('alpha', '가나기관'),
  'agencies/beta.yaml': agencyFile('beta', '다라기관'),
  'routing.yaml': 'rules:\n  - when: { category: [수출] }\n    to: beta\ndefault: alpha\n',
};

/** A folder of configuration for one test. An undefined text leaves the file out. */
export async function writeFolder(files: Record<string, string | undefined>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-configuration-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [file, text] of Object.entries(files)) {
    if (text === undefined) continue;
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return folder;
}
