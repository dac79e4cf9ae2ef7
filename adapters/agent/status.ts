import { fromGiven, wordReason } from '../../schemas/index.ts';
import type { Given } from '../contract.ts';
import type { AgentSettings } from './settings.ts';
import { readBacklog } from './spool/backlog.ts';
import { findCurrentConfiguration } from './spool/configurations.ts';
import { openSpoolToRead } from './spool/database.ts';
import { findFact } from './spool/facts.ts';

/** The spool of an earlier version holds words, until the upgraded agent is started. */
const toWords = (problem: Given | null | undefined): string | undefined =>
  problem ? wordReason(fromGiven(problem), 'en') : undefined;

/** The command `status`. It shows what the spool says, whether or not the agent runs. */
export function describeStatus({ data, hub }: AgentSettings): { text: string; isWell: boolean } {
  const db = openSpoolToRead(data);
  const agency = db && findFact(db, 'agency');
  if (!db || !agency) return { text: 'not enrolled', isWell: false };
  try {
    const { posts, changes, outcomes, oldest } = readBacklog(db);
    const configuration = findCurrentConfiguration(db);
    const [hubProblem, boardProblem] = [findFact(db, 'hubProblem'), findFact(db, 'boardProblem')].map(
      toWords,
    );
    const lines: [string, string][] = [
      ['agency', agency],
      ['hub', hubProblem ? `${hub}: ${hubProblem}` : hub],
      ['configuration', configuration ? `version ${configuration.version}` : 'none yet'],
      ['board', boardProblem || 'nothing is wrong'],
      ['last read', findFact(db, 'readAt') ?? 'never'],
      ['last written', findFact(db, 'writtenAt') ?? 'never'],
      ['posts waiting for the hub', `${posts}`],
      ['changes waiting for the board', `${changes}`],
      ['outcomes waiting for the hub', `${outcomes}`],
      ['oldest of them', oldest ?? 'none'],
    ];
    const width = Math.max(...lines.map(([name]) => name.length));
    const text = lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
    return { text, isWell: !hubProblem && !boardProblem && configuration !== undefined };
  } finally {
    db.close();
  }
}
