import { toReason } from '../../schemas/reason.ts';
import type { CheckReport } from '../contract.ts';
import { toBoardTime } from '../kit/text/board-time.ts';
import type { SqlSession } from './dialects/dialect.ts';
import { toFixed } from './rows/read.ts';
import { readRows } from './rows/rows.ts';
import { selectRows } from './rows/statements.ts';
import type { ConnectedParts } from './rows/work.ts';

type Line = CheckReport['lines'][number];

/** Looks for settings of the product itself that show to others, or hide, what the hub writes. */
export async function checkProduct(parts: ConnectedParts, session: SqlSession): Promise<Line[]> {
  const { settings, mappings, dialect, timeZone } = parts;
  const hours = hoursOf(timeZone);
  const what = toReason('checked_readers');
  const checks = Object.values(settings.checks ?? {}).filter((check) => check !== false);
  const faults: Line[] = [];
  for (const { reason, read, fault } of checks) {
    const input: Record<string, unknown> = { parameters: settings.parameters ?? {}, timeZone, hours };
    for (const [name, { table, columns, where }] of Object.entries(read)) {
      const asked = [...new Set([...columns, ...Object.keys(where ?? {})])];
      const statement = selectRows(dialect, table, asked, await toFixed(parts, where));
      input[name] = await readRows(parts, session, table, statement);
    }
    if ((await mappings.evaluate(fault, input)) === true)
      faults.push({ what, ok: false, detail: toReason(reason) });
  }
  if (checks.length === 0 || faults.length > 0) return faults;
  return [{ what, ok: true, detail: toReason('readers_right') }];
}

/** Today's offset of a zone: 9 in Korea. */
function hoursOf(timeZone: string): number {
  const offset = toBoardTime(new Date().toISOString(), 'XXX', timeZone);
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  return Number(`${sign}1`) * (Number(hours) + Number(minutes) / 60);
}
