import type { AdapterContext, BoardAdapter } from '../../adapters/contract.ts';
import { createAdapter, tellsOfficers } from '../../adapters/registry.ts';
import { findMaintenance } from '../../adapters/relay/maintenance.ts';
import { type Agency, type BoardConnection, type EventType, eventTypes } from '../../schemas/index.ts';
import type { Directory } from '../configuration/directory.ts';
import { type BesideBoard, createAgentBoard } from './agents/agent-board.ts';
import { agentPolicy } from './agents/agent-policy.ts';
import type { Asks } from './agents/asks.ts';

/** An agency's board as configured now. */
export interface Board {
  agency: Agency;
  connection: BoardConnection;
  adapter: BoardAdapter;
  /** Of a board behind an agent: it is read and written by that, and the hub only asks. */
  beside?: BesideBoard;
}

/** The adapters in use, one per agency with a board, made anew when the agency's configuration changes. */
export interface Boards {
  /** Undefined: the agency has no board. Throws when its configuration cannot be used (a secret is missing). */
  find(agency: string): Board | undefined;
  /**
   * The kinds of event that the agency's board can hold; undefined: it has no board. While the configuration
   * cannot be used, every kind: the events wait until it can. An agency with a feed holds every kind.
   */
  carries(agency: string): ReadonlySet<EventType> | undefined;
  /** Whether bringing a complaint to the agency's board tells its officers: no notice has to. */
  tellsOfficers(agency: string): boolean;
  /** Agencies that have a board. */
  list(): Agency[];
  close(): Promise<void>;
}

const everyKind: ReadonlySet<EventType> = new Set(eventTypes);

/** `asks`: how boards behind agents are asked; without, their pure parts work and nothing else. */
export function createBoards(directory: Directory, secret: AdapterContext['secret'], asks?: Asks): Boards {
  const open = new Map<string, Board>();

  function make(agency: Agency, connection: BoardConnection): Board {
    const context = { agency: agency.code, timeZone: zoneOf(agency) };
    if (!isBehindAgent(agency))
      return { agency, connection, adapter: createAdapter(connection, { ...context, secret }) };
    // Its secrets lie where it is, and what is pure needs none.
    const pure = createAdapter(connection, { ...context, secret: () => 'with the agent' });
    return { agency, connection, ...createAgentBoard(agency.code, pure, asks) };
  }

  function find(code: string): Board | undefined {
    const agency = directory.findAgency(code);
    const known = open.get(code);
    if (known && known.agency === agency) return known;
    if (known && agency && JSON.stringify(known.agency) === JSON.stringify(agency)) {
      known.agency = agency;
      return known;
    }
    // Calls under way keep the old adapter until they end.
    if (known) void known.adapter.close();
    open.delete(code);
    if (!agency?.board) return undefined;
    const board = make(agency, agency.board);
    open.set(code, board);
    return board;
  }

  return {
    find,
    carries(code) {
      if (directory.findAgency(code)?.feed) return everyKind;
      try {
        return find(code)?.adapter.carries;
      } catch {
        return everyKind;
      }
    },
    tellsOfficers(code) {
      const board = directory.findAgency(code)?.board;
      return board !== undefined && tellsOfficers(board);
    },
    list: () => directory.listAgencies().filter((agency) => agency.board),
    async close() {
      await Promise.all([...open.values()].map(({ adapter }) => adapter.close()));
      open.clear();
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
