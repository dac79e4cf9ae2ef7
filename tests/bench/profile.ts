import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

interface CpuProfile {
  nodes: { id: number; callFrame: CallFrame; children?: number[] }[];
  samples: number[];
  timeDeltas: number[];
}
interface CallFrame {
  functionName: string;
  url: string;
  lineNumber: number;
}

/** Where a process spent its processor time, the most first, as lines. */
export interface Heaviest {
  /** Functions by their own time. */
  functions: string[];
  /** The package or file that caused the work. Node's own work counts for its nearest caller. */
  causes: string[];
}

/** Reads the only .cpuprofile of a folder. */
export function listHeaviest(folder: string, most = 15): Heaviest {
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile'));
  if (!file) throw new Error(`no profile was written to ${folder}`);
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const callers = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const isIdle = (id: number) => frames.get(id)?.functionName === '(idle)';
  const toCause = (id: number): string => {
    for (let at: number | undefined = id; at !== undefined; at = callers.get(at)) {
      const url = frames.get(at)?.url ?? '';
      if (url.startsWith('file:') || url.startsWith('/')) return toPlace(url);
    }
    return frames.get(id)?.functionName === '(garbage collector)' ? '(garbage collector)' : 'node itself';
  };
  const add = (name: (id: number) => string) => {
    const times = new Map<string, number>();
    profile.samples.forEach((id, n) => {
      if (isIdle(id)) return;
      const key = name(id);
      times.set(key, (times.get(key) ?? 0) + (profile.timeDeltas[n] ?? 0));
    });
    return toLines(times, most);
  };
  return { functions: add((id) => toName(frames.get(id))), causes: add(toCause) };
}

function toLines(times: Map<string, number>, most: number): string[] {
  const busy = [...times.values()].reduce((total, time) => total + time, 0);
  return [...times]
    .sort(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([name, time]) => `${((100 * time) / busy).toFixed(1).padStart(5)} %  ${name}`);
}

const root = new URL('../../', import.meta.url).href;

/** The package's name for a file below node_modules, else the file. */
function toPlace(url: string): string {
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  return name ?? url.replace(root, '');
}

function toName(frame: CallFrame | undefined): string {
  const { functionName = '?', url = '', lineNumber = 0 } = frame ?? {};
  const place = url.replace(/^.*\/node_modules\//, '').replace(root, '');
  return `${functionName || '(anonymous)'}${place ? `  ${place}:${lineNumber + 1}` : ''}`;
}

/** The statements on which PostgreSQL spent most time since the statistics were reset, as lines. */
export async function listHeaviestStatements(admin: pg.Pool, most = 12): Promise<string[]> {
  const { rows } = await admin.query<{ total: number; calls: string; mean: number; query: string }>(
    `select total_exec_time as total, calls, mean_exec_time as mean, query from pg_stat_statements
     order by total_exec_time desc limit $1`,
    [most],
  );
  return rows.map(({ total, calls, mean, query }) => {
    const figures = `${total.toFixed(0).padStart(7)} ms ${calls.padStart(7)} calls ${mean.toFixed(3).padStart(9)} ms each`;
    return `${figures}  ${query.replace(/\s+/g, ' ').trim().slice(0, 110)}`;
  });
}
