import type { Abilities, AdapterContext, BoardAdapter } from '../../../adapters/contract.ts';
import { createAdapter, findAbilities, tellsOfficers } from '../../../adapters/registry.ts';
import { findMaintenance } from '../../../adapters/relay/maintenance.ts';
import { type Agency, type BoardConnection, type EventType, eventTypes } from '../../../schemas/index.ts';
import type { Directory } from '../../configuration/directory.ts';
import { type BesideBoard, createAgentBoard } from './agent-board.ts';
import { agentPolicy } from './agent-policy.ts';
import type { Asks } from './asks.ts';
import { createOpenAdapters } from './open-adapters.ts';

/** An agency's board as it is configured now. */
export interface Board {
  agency: Agency;
  connection: BoardConnection;
  adapter: BoardAdapter;
  /** Present for a board behind an agent. The agent reads and writes the board, and the hub only asks. */
  beside?: BesideBoard;
}

/** The agencies' boards. An adapter is made at its first use, and anew when its configuration changes. */
export interface Boards {
  /** Undefined: the agency has no board. Throws if its configuration cannot be used, for example without a secret. */
  find(agency: string): Board | undefined;
  /**
   * The kinds of event that the agency's board can hold. Undefined: it has no board. While the configuration cannot
   * be used, every kind counts: the events wait until it can. An agency with a feed holds every kind.
   */
  carries(agency: string): ReadonlySet<EventType> | undefined;
  /**
   * Whether the agency's board can be read, tells of news, or says what it holds. The settings decide, and no adapter
   * is made. If the settings cannot be used, the answer is yes for everything that should be asked, so that the fault
   * shows.
   */
  can(agency: string, what: keyof Omit<Abilities, 'carries'>): boolean;
  /** Whether the agency's board itself tells its officers of a new complaint, so that no notice has to. */
  tellsOfficers(agency: string): boolean;
  /** Agencies that have a board. */
  list(): Agency[];
  close(): Promise<void>;
}

const everyKind: ReadonlySet<EventType> = new Set(eventTypes);
const unusable: Abilities = { carries: everyKind, pull: true, changes: false, fingerprints: true };

/** The most adapters that stay open while nobody calls them. Each holds some hundred kilobytes. */
const mostOpen = 200;

/**
 * `asks`: how boards behind agents are asked. Without it, only the pure parts of these boards work. `publicUrl`: how
 * agencies reach the hub.
 */
export function createBoards(
  directory: Directory,
  secret: AdapterContext['secret'],
  asks?: Asks,
  publicUrl?: string,
): Boards {
  const open = createOpenAdapters(mostOpen);
  const known = new Map<string, Board>();
  const abilities = new WeakMap<Agency, Abilities>();

  function make(agency: Agency, connection: BoardConnection): Board {
    const context = {
      agency: agency.code,
      timeZone: zoneOf(agency),
      ...(publicUrl && { hubUrl: publicUrl.replace(/\/+$/, '') }),
    };
    if (!isBehindAgent(agency))
      return {
        agency,
        connection,
        adapter: open.lend(() => createAdapter(connection, { ...context, secret })),
      };
    // The agent keeps the board's secrets, and the pure parts need none.
    const pure = open.lend(() => createAdapter(connection, { ...context, secret: () => 'with the agent' }));
    return { agency, connection, ...createAgentBoard(agency.code, pure, asks) };
  }

  function find(code: string): Board | undefined {
    const agency = directory.findAgency(code);
    const before = known.get(code);
    if (before && before.agency === agency) return before;
    if (before && agency && JSON.stringify(before.agency) === JSON.stringify(agency)) {
      before.agency = agency;
      return before;
    }
    // Calls under way keep the old adapter until they end.
    if (before) void before.adapter.close();
    known.delete(code);
    if (!agency?.board) return undefined;
    const board = make(agency, agency.board);
    known.set(code, board);
    return board;
  }

  function toAbilities(agency: Agency & { board: BoardConnection }): Abilities {
    try {
      // This kind cannot tell its abilities from the settings alone.
      const own = findAbilities(agency.board) ?? find(agency.code)?.adapter;
      if (!own) return unusable;
      const reads = !isBehindAgent(agency);
      return {
        carries: own.carries,
        pull: reads && Boolean(own.pull),
        changes: reads && Boolean(own.changes),
        fingerprints: Boolean(own.fingerprints),
      };
    } catch {
      return unusable;
    }
  }

  function getAbilities(code: string): Abilities | undefined {
    const agency = directory.findAgency(code);
    if (!agency?.board) return undefined;
    const noted = abilities.get(agency) ?? toAbilities({ ...agency, board: agency.board });
    // An unusable configuration is not noted: the missing secret may come soon.
    if (noted !== unusable) abilities.set(agency, noted);
    return noted;
  }

  return {
    find,
    carries(code) {
      if (directory.findAgency(code)?.feed) return everyKind;
      return getAbilities(code)?.carries;
    },
    can: (code, what) => getAbilities(code)?.[what] ?? false,
    tellsOfficers(code) {
      const board = directory.findAgency(code)?.board;
      return board !== undefined && tellsOfficers(board);
    },
    list: () => directory.listAgencies().filter((agency) => agency.board),
    async close() {
      await open.close();
      known.clear();
    },
  };
}

/** Whether an agent beside the board reaches it, and not the hub. */
export const isBehindAgent = ({ board }: Pick<Agency, 'board'>): boolean => board?.via === 'agent';

/** Seconds that a call to the board may take. A call through an agent takes longer. */
export const toPatience = ({ connection, beside }: Board): number =>
  (connection.timeout ?? 15) + (beside ? agentPolicy.patience.answer : 0);

const zoneOf = ({ timeZone = 'Asia/Seoul' }: Agency) => timeZone;

/** Whether the agency's board is in its maintenance window. Then the hub neither writes to it nor reads it. */
export function isMaintained({ agency }: Pick<Board, 'agency'>, instant = Date.now()): boolean {
  return findMaintenance(agency.board?.maintenance ?? [], zoneOf(agency), instant) !== undefined;
}
