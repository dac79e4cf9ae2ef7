import type { Abilities, AdapterContext, BoardAdapter } from '../../../adapters/contract.ts';
import { createAdapter, findAbilities, tellsOfficers } from '../../../adapters/registry.ts';
import { findMaintenance } from '../../../adapters/relay/maintenance.ts';
import { type Agency, type BoardConnection, type EventType, eventTypes } from '../../../schemas/index.ts';
import type { Directory } from '../../configuration/directory.ts';
import { type BesideBoard, createAgentBoard } from './agent-board.ts';
import { agentPolicy } from './agent-policy.ts';
import type { Asks } from './asks.ts';
import { createOpenAdapters } from './open-adapters.ts';

/** An agency's board as configured now. */
export interface Board {
  agency: Agency;
  connection: BoardConnection;
  adapter: BoardAdapter;
  /** Of a board behind an agent: it is read and written by that, and the hub only asks. */
  beside?: BesideBoard;
}

/** The agencies' boards. An adapter is made when its board is worked with first, and anew when its configuration changes. */
export interface Boards {
  /** Undefined: the agency has no board. Throws when its configuration cannot be used (a secret is missing). */
  find(agency: string): Board | undefined;
  /**
   * The kinds of event that the agency's board can hold; undefined: it has no board. While the configuration
   * cannot be used, every kind: the events wait until it can. An agency with a feed holds every kind.
   */
  carries(agency: string): ReadonlySet<EventType> | undefined;
  /**
   * Whether the agency's board can be read, tells of news, says what it holds; by its settings, no adapter is made. Where
   * they cannot be used: whatever ought to be asked of it, so that it is seen that this does not work.
   */
  can(agency: string, what: keyof Omit<Abilities, 'carries'>): boolean;
  /** Whether bringing a complaint to the agency's board tells its officers: no notice has to. */
  tellsOfficers(agency: string): boolean;
  /** Agencies that have a board. */
  list(): Agency[];
  close(): Promise<void>;
}

const everyKind: ReadonlySet<EventType> = new Set(eventTypes);
const unusable: Abilities = { carries: everyKind, pull: true, changes: false, fingerprints: true };

/** Adapters that stay open while nobody calls them: what they hold is some hundred kilobytes each. */
const mostOpen = 200;

/** `asks`: how boards behind agents are asked; without, their pure parts work and nothing else. */
export function createBoards(directory: Directory, secret: AdapterContext['secret'], asks?: Asks): Boards {
  const open = createOpenAdapters(mostOpen);
  const known = new Map<string, Board>();
  const abilities = new WeakMap<Agency, Abilities>();

  function make(agency: Agency, connection: BoardConnection): Board {
    const context = { agency: agency.code, timeZone: zoneOf(agency) };
    if (!isBehindAgent(agency))
      return {
        agency,
        connection,
        adapter: open.lend(() => createAdapter(connection, { ...context, secret })),
      };
    // Its secrets lie where it is, and what is pure needs none.
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
      // Of a kind that cannot tell by the settings.
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
    // What cannot be used now may be usable soon: a secret may come.
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

/** Whether its board is reached by an agent beside it, and not by the hub. */
export const isBehindAgent = ({ board }: Pick<Agency, 'board'>): boolean => board?.via === 'agent';

/** Seconds that a call to the board may take; through an agent it takes a way round. */
export const toPatience = ({ connection, beside }: Board): number =>
  (connection.timeout ?? 15) + (beside ? agentPolicy.patience.answer : 0);

const zoneOf = ({ timeZone = 'Asia/Seoul' }: Agency) => timeZone;

/** Whether the agency's board is being maintained: then it is neither written to nor read. */
export function isMaintained({ agency }: Pick<Board, 'agency'>, instant = Date.now()): boolean {
  return findMaintenance(agency.board?.maintenance ?? [], zoneOf(agency), instant) !== undefined;
}
