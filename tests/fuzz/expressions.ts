import { monitorEventLoopDelay } from 'node:perf_hooks';
import { CodeError } from '../../adapters/kit/expressions/codes.ts';
import { checkExpressions } from '../../adapters/kit/mapping/check-expressions.ts';
import { compileMapping, MappingError } from '../../adapters/kit/mapping/mapping.ts';

export interface ExpressionResult {
  /** How evaluations ended. */
  ends: Record<string, number>;
  /** What ended in no value and no named error. */
  flaws: string[];
  /** Milliseconds of this thread's own processor in which it heard of nothing else. */
  longestStall: number;
}

/** Of the event loop: the purpose of it all. */
const mostStall = 200;

type Pick = <T>(from: readonly T[]) => T;

const evilPatterns = [
  '(a|aa)+$',
  '(a+)+$',
  '(\\s|\\u00a0)+$',
  '(.*)*x',
  '(a*)*b',
  '^(\\d+)+$',
  '([가-힣]+)*!',
  'a*a*a*a*a*b',
  '(?=a)',
  '(a)\\1',
  '(?<!b)a',
  'a{0,900}b{0,900}',
  '((a{9}){9}){9}',
  '[^]*?x',
  '(a|b|ab)*c',
  '\\p{L}+$',
  '(',
];
/** Bytes of the largest reply that is read of a board. */
const largestReply = 10 * 1024 * 1024;

function makeText(pick: Pick): string {
  const piece = pick([
    'a',
    '가',
    ' ',
    '\u00a0',
    '1',
    '<div>',
    '<td>x',
    '&amp;',
    '<b>',
    '😀',
    '\ud83d',
    '"',
    '가나 다라',
  ]);
  const most = Math.floor(largestReply / Buffer.byteLength(JSON.stringify(piece)));
  const times = pick([0, 1, 45, 400, 10_000, 100_000, 400_001, most]);
  return piece.repeat(Math.min(times, most)) + pick(['', '!', '문의', '\n']);
}

const calls: ((inner: string, pick: Pick) => string)[] = [
  (inner, pick) => `$replace(${inner}, /${pick(evilPatterns)}/, "${pick(['', '$1', '$0$0'])}")`,
  (inner, pick) => `$match(${inner}, /${pick(evilPatterns)}/${pick(['', 'i', 'm'])})`,
  (inner, pick) => `$split(${inner}, /${pick(evilPatterns)}/)`,
  (inner, pick) => `$contains(${inner}, /${pick(evilPatterns)}/)`,
  (inner, pick) => `$pad(${inner}, ${pick(['5', '-100000', '100000000', '1e300'])}, "나")`,
  (inner) => `$substring(${inner}, 0, 100)`,
  (inner) => `$length(${inner})`,
  (inner) => `$text(${inner})`,
  (inner) => `$html(${inner})`,
  (inner) => `$string(${inner}) & $string(${inner})`,
  (inner) => `$join($map([1..1000], function($n) {$string(${inner}) & $n}))`,
  (inner) => `$split($string(${inner}), "")`,
  (inner) => `$instant(${inner})`,
  (inner, pick) => `$instant(${inner}, "${pick(['yyyy', 'yyyyyyMMXXX', 'y'])}")`,
  (inner) => `$code("status", ${inner})`,
  (inner) => `$sort([1..2000].($string($) & ${inner}))`,
  (inner) => `($f := function($x, $n) {$n = 0 ? $x : $f($x & $x, $n - 1)}; $f($string(${inner}), 30))`,
  (inner) => `($f := function($x) {$f([$x, $x])}; $f(${inner}))`,
  (inner) => `($f := function($x) {1 + $f($x)}; $f(${inner}))`,
  (inner) => `[1..100000].(${inner})`,
  (inner) => `{"a": ${inner}, "b": [${inner}, {"c": ${inner}}]}`,
  (inner) => '('.repeat(500) + inner + ')'.repeat(500),
  (inner) => `$eval(${inner})`,
  (inner) => `$toMillis(${inner}, "[Y]-[M]-[D]")`,
  (inner) => `${inner} ~> $uppercase ~> $trim`,
];

function makeExpression(pick: Pick): string {
  let source = pick(['t', 'list', 'deep', '$', '"가"', 'n', '**']);
  for (let depth = pick([1, 1, 2, 3]); depth > 0; depth--) source = pick(calls)(source, pick);
  const at = Math.floor(source.length * pick([0.1, 0.5, 0.9]));
  // One in five loses or wins a sign, as when somebody writes it.
  return pick([0, 1, 2, 3, 4]) === 0
    ? source.slice(0, at) + pick(['', '(', '"', '/', '&&']) + source.slice(at + 1)
    : source;
}

function nest(depth: number): unknown {
  let value: unknown = 'x';
  for (let n = 0; n < depth; n++) value = n % 2 ? [value] : { v: value };
  return value;
}

/** Random expressions over random texts. Each must end in a value or in a named error, and hold up nothing. */
export async function fuzzExpressions(given: {
  count: number;
  seed: number;
  tell?: (done: number) => void;
}): Promise<ExpressionResult> {
  const pick = createPick(given.seed);
  const result: ExpressionResult = { ends: {}, flaws: [], longestStall: 0 };
  const watch = watchStalls();
  for (let done = 0; done < given.count; done++) {
    const source = makeExpression(pick);
    const input = {
      t: makeText(pick),
      n: 7,
      list: ['a', 'aaa', { t: '가' }],
      deep: nest(pick([1, 50, 2000])),
    };
    const codes = { status: { a: 'received' } };
    checkExpressions([['/x', source]], codes);
    const end = await compileMapping(source, { codes, owner: `agency-${done % 3}`, timeLimit: 200 })
      .evaluate(input)
      .then(() => 'value', nameOf);
    result.ends[end] = (result.ends[end] ?? 0) + 1;
    if (end.startsWith('unnamed')) result.flaws.push(`${end}: ${source} over ${input.t.slice(0, 40)}`);
    given.tell?.(done + 1);
  }
  result.longestStall = watch.stop();
  return result;
}

function nameOf(error: unknown): string {
  if (error instanceof MappingError) return error.kind;
  return error instanceof CodeError ? 'code' : `unnamed ${error}`;
}

/**
 * The longest time without a turn of the event loop, but no more than this thread worked in it: a busy machine gives a thread
 * no processor for longer than that.
 */
function watchStalls() {
  const turning = monitorEventLoopDelay({ resolution: 10 });
  turning.enable();
  let longest = 0;
  let before = process.threadCpuUsage();
  const look = setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    longest = Math.max(longest, Math.min(turning.max / 1e6, (user + system) / 1000));
    turning.reset();
  }, 20);
  return {
    stop: () => {
      clearInterval(look);
      turning.disable();
      return longest;
    },
  };
}

/** Numerical Recipes' generator: the same seed makes the same expressions. */
function createPick(seed: number): Pick {
  let state = seed >>> 0;
  return (from) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return from[Math.floor((state / 2 ** 32) * from.length)] as (typeof from)[number];
  };
}

export const isGoodForExpressions = ({ flaws, longestStall }: ExpressionResult): boolean =>
  flaws.length === 0 && longestStall < mostStall;

export function describeExpressions({ ends, flaws, longestStall }: ExpressionResult): string {
  return [
    ...Object.entries(ends).map(([end, number]) => `expressions, ${end}: ${number}`),
    `longest stall of the event loop: ${longestStall.toFixed(0)} ms of processor`,
    ...flaws.map((flaw) => `FLAW: ${flaw.slice(0, 1500)}`),
  ].join('\n');
}
