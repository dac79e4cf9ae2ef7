import type { BoardFixture, StartFixture } from './board-fixture.ts';
import { type Law, NotSupported, within } from './law.ts';

/** The result of one law for an adapter. `why`: the first thing that was wrong or is absent. */
export interface Verdict {
  law: string;
  result: 'kept' | 'broken' | 'not supported';
  why?: string;
}

/** How an adapter keeps the contract, law by law. */
export interface Certificate {
  adapter: string;
  /** The version of the adapter's package. */
  version: string;
  /** The version of adapters/contract.ts. */
  contract: number;
  /** When the laws were tried; RFC 3339 in UTC. */
  date: string;
  /** SHA-256 of each file of the adapter, by its path in the adapter's folder: a changed adapter voids its certificate. */
  files: Record<string, string>;
  laws: Verdict[];
}

const longestWhy = 500;
/** Milliseconds. The laws have their own time limits, but an adapter may never end a call. */
const longestTrial = 25_000;

/** Tries one law on a fresh fixture. It never throws. A fixture that does not start breaks the law. */
export async function tryLaw(law: Law, startFixture: StartFixture): Promise<Verdict> {
  let started: BoardFixture | undefined;
  try {
    const fixture = await startFixture();
    started = fixture;
    await within(longestTrial, () => law.run(fixture));
    return { law: law.name, result: 'kept' };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const why = said.replace(/\s+/g, ' ').trim().slice(0, longestWhy);
    return { law: law.name, result: error instanceof NotSupported ? 'not supported' : 'broken', why };
  } finally {
    await started?.close();
  }
}

/** Tries all laws one after the other. `tell` gets each result as soon as it is known. */
export async function certify(
  { laws, startFixture, tell }: { laws: Law[]; startFixture: StartFixture; tell?(verdict: Verdict): void },
  of: Pick<Certificate, 'adapter' | 'version' | 'contract' | 'files'>,
): Promise<Certificate> {
  const date = new Date().toISOString();
  const verdicts: Verdict[] = [];
  for (const law of laws) {
    const verdict = await tryLaw(law, startFixture);
    verdicts.push(verdict);
    tell?.(verdict);
  }
  return { ...of, date, laws: verdicts };
}

/** The certificate as text for people: one line per law, and one line with the counts. */
export function toText({ adapter, version, contract, date, laws }: Certificate): string {
  const count = (result: Verdict['result']) => laws.filter((one) => one.result === result).length;
  return [
    `Conformance of adapter ${adapter} ${version} with contract ${contract}, ${date}`,
    '',
    ...laws.map(toLine),
    '',
    `${laws.length} laws: ${count('kept')} kept, ${count('broken')} broken, ${count('not supported')} not supported`,
    '',
  ].join('\n');
}

const widest = 'not supported'.length;

/** The result of one law as a line. */
export function toLine({ law, result, why }: Verdict): string {
  return `${result.padEnd(widest)}  ${law}${why ? `: ${why}` : ''}`;
}
