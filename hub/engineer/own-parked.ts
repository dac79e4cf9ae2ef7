import { parseJson } from '../../adapters/kit/text/json.ts';
import type { Problem } from '../../schemas/index.ts';
import { type Reason, type ReasonParam, toReason } from '../../schemas/reason.ts';
import { maskSample } from '../access/people/mask-sample.ts';
import {
  findParkedItem,
  listParkedItems,
  listParkedLinks,
  type ParkedItem,
  type ParkedLink,
} from '../complaints/reading/read-operations.ts';
import type { Directory } from '../configuration/directory.ts';
import type { Accepted } from '../exchange/intake/incoming.ts';
import { ParkedActionError, type ParkedActions } from '../exchange/parked/parked-actions.ts';
import { withUnseen } from '../personal/with-personal.ts';
import type { Store } from '../store/database.ts';
import type { Page, Place } from '../store/read-page.ts';
import type { Actor } from './actor.ts';
import { applyEdits } from './edit-masked.ts';
import { EngineerError } from './engineer-error.ts';

/** A parked item with what came in, persons masked. */
interface MaskedItem extends ParkedItem {
  /** JSON of the board's own record. Words are masked; codes, dates and what the problems name stay. */
  body: unknown;
}

/** What became of a retried item. */
type Retried = { applied: true; receiptNumber: string } | { applied: false; problems: Problem[] };

export interface EngineerParked {
  items(agency: string, place: Place): Promise<Page<ParkedItem>>;
  item(agency: string, id: string): Promise<MaskedItem>;
  links(agency: string, place: Place): Promise<Page<ParkedLink>>;
  /**
   * Judges an item again with today's mapping. `edited`: the masked record with corrections; what was not changed in it
   * keeps its real value. Errors: EngineerError.
   */
  retryItem(actor: Actor, id: string, edited?: unknown): Promise<Retried>;
  retryLink(actor: Actor, id: string): Promise<void>;
}

export function createEngineerParked(parts: {
  store: Store;
  directory: Pick<Directory, 'findAgency'>;
  parked: ParkedActions;
}): EngineerParked {
  const { store, directory, parked } = parts;

  /** Another agency's item is answered as one that there is not. */
  async function get(agency: string, id: string) {
    const item = await withUnseen(store, (opened) => findParkedItem(opened, id));
    if (item?.agency !== agency) throw new EngineerError('not_found');
    const real = parseJson(item.body);
    const codes = new Set([...listCodes(directory, agency), ...listNamed(item.problems ?? [])]);
    return { item, real, shown: maskSample(real, { codes }) };
  }

  return {
    items: (agency, place) => listParkedItems(store, place, agency),
    links: (agency, place) => listParkedLinks(store, place, agency),
    async item(agency, id) {
      const { item, shown } = await get(agency, id);
      return { ...item, body: shown };
    },
    async retryItem({ agency, name }, id, edited) {
      const { real, shown } = await get(agency, id);
      const corrected = edited === undefined ? [] : [applyEdits(real, shown, edited)];
      return toRetried(await act(() => parked.retryItem(id, name, ...corrected)));
    },
    async retryLink({ agency, name }, id) {
      const { rows } = await store.pool.query(
        "select from links where id = $1 and agency = $2 and state = 'parked'",
        [id, agency],
      );
      if (rows.length === 0) throw new EngineerError('not_found');
      await act(() => parked.retryLink(id, name));
    },
  };
}

/** Somebody else may have decided meanwhile. */
async function act<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ParkedActionError)) throw error;
    throw new EngineerError(error.kind === 'gone' ? 'not_found' : 'conflict', error.message);
  }
}

function toRetried(accepted: Accepted): Retried {
  if ('receiptNumber' in accepted) return { applied: true, receiptNumber: accepted.receiptNumber };
  const problems = 'problems' in accepted ? accepted.problems : [];
  return {
    applied: false,
    problems: problems.length > 0 ? problems : [{ pointer: '', reason: toReason('not_applied') }],
  };
}

/** The codes in the agency's own tables say nothing of a person. */
function listCodes({ findAgency }: Pick<Directory, 'findAgency'>, agency: string): string[] {
  const tables = (findAgency(agency)?.board?.settings.codes ?? {}) as Record<string, Record<string, string>>;
  return Object.values(tables).flatMap((table) => Object.keys(table));
}

const longestNamed = 40;

/** The values that problems name, so that an engineer sees what is faulty; not addresses and numbers of people. */
function listNamed(problems: readonly Problem[]): string[] {
  const ofReason = ({ params = {} }: Reason): string[] => Object.values(params).flatMap(ofParam);
  const ofParam = (param: ReasonParam): string[] => {
    if (typeof param === 'string') return [param];
    if (typeof param !== 'object') return [];
    return (Array.isArray(param) ? param : [param]).flatMap(ofReason);
  };
  return problems
    .flatMap(({ reason }) => ofReason(reason))
    .filter((text) => text.length <= longestNamed && !/@|\d[\d\s().-]{5,}\d/.test(text));
}
