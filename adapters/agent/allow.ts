import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseDocument, stringify } from 'yaml';
import type { AgentConfiguration } from '../../schemas/index.ts';
import { findMissing, isEmpty, listNeeds, toVisible } from './allowed.ts';
import { type AgentSettings, type Allowed, readLocalSecret, toAllowed } from './settings.ts';

/** Asks a yes-or-no question, on the terminal or from a script's input. */
export type Ask = (question: string) => Promise<boolean>;

/**
 * The command `allow`. It shows what the hub's configuration wants of this machine. After a yes it writes that into
 * agent.yaml. Returns the words for the person, and whether everything is now allowed.
 */
export async function allow(
  path: string,
  settings: AgentSettings,
  configuration: AgentConfiguration,
  ask: Ask,
): Promise<{ text: string; isWell: boolean }> {
  const allowed = toAllowed(settings);
  const missing = findMissing(await listNeeds(configuration), allowed);
  if (isEmpty(missing))
    return { text: '모두 허용되어 있습니다. All that it wants is allowed.', isWell: true };
  if (!(await ask(describe(missing))))
    return { text: '허용하지 않았습니다. Nothing was allowed; the agent will not use it.', isWell: false };
  write(path, allowed, missing);
  const absent = missing.secrets.filter((reference) => !isThere(reference));
  const toDo = absent.map((reference) => `없는 비밀 / missing secret: ${reference}`);
  return { text: [`${path}: 허용했습니다. Allowed.`, ...toDo].join('\n'), isWell: true };
}

function describe(missing: Allowed): string {
  const wanted = Object.fromEntries(
    Object.entries(toVisible(missing)).filter(([, names]) => names.length > 0),
  );
  return [
    '허브의 설정이 이 서버에서 다음을 쓰려고 합니다. 허브 운영자도 여기 없는 것은 쓸 수 없습니다.',
    "The hub's configuration wants to use this of this machine; the hub's people can use nothing else.",
    stringify({ allow: wanted }).trimEnd(),
    '허용하시겠습니까? Allow it? [y/N] ',
  ].join('\n');
}

/**
 * Keeps the rest of the file, comments included. After a crash there is the old file or the new one, never a mixture.
 */
function write(path: string, allowed: Allowed, missing: Allowed): void {
  const document = parseDocument(readFileSync(path, 'utf8'));
  for (const [what, names] of Object.entries(missing) as [keyof Allowed, string[]][])
    if (names.length > 0) document.setIn(['allow', what], document.createNode([...allowed[what], ...names]));
  const { mode } = statSync(path);
  writeFileSync(`${path}.new`, document.toString(), { mode });
  renameSync(`${path}.new`, path);
}

function isThere(reference: string): boolean {
  try {
    readLocalSecret(reference);
    return true;
  } catch {
    return false;
  }
}

/** Asks on this process's own input. If the input ends without an answer, the answer is no. */
export const askHere: Ask = async (question) => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const unanswered = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
    return /^(y|yes|예|네)$/i.test((await Promise.race([terminal.question(question), unanswered])).trim());
  } finally {
    terminal.close();
  }
};
