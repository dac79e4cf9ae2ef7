import type { Simulation } from '../../../complaints/reading/simulate-routing.ts';

type Pair = Simulation['matrix'][number];

/** Where the complaints go, as a table and as a list. */
export interface Matrix {
  /** Agencies that lose or get complaints. Null: too many for a table that people can read. */
  table: { from: string; cells: { to: string; count: number; stays: boolean }[] }[] | null;
  columns: string[];
  /** The ways on which complaints move, the most first. */
  ways: Pair[];
  /** Further ways that the list leaves out. */
  more: number;
}

const mostInTable = 8;
const mostWays = 50;

export function toMatrix(pairs: Pair[]): Matrix {
  const ways = pairs.filter(({ from, to }) => from !== to);
  const agencies = [...new Set(ways.flatMap(({ from, to }) => [from, to]))].sort();
  const countOf = (from: string, to: string) =>
    pairs.find((pair) => pair.from === from && pair.to === to)?.count ?? 0;
  const table = agencies.map((from) => ({
    from,
    cells: agencies.map((to) => ({ to, count: countOf(from, to), stays: from === to })),
  }));
  return {
    table: agencies.length > 0 && agencies.length <= mostInTable ? table : null,
    columns: agencies,
    ways: ways.slice(0, mostWays),
    more: Math.max(0, ways.length - mostWays),
  };
}
