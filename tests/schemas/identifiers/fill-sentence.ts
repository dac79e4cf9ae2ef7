/** Numbers from a seed, so that each run has the same ones (Lehmer's generator). */
export function createDigits(seed: number) {
  let state = seed;
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  const digits = (length: number) => Array.from({ length }, () => next() % 10).join('');
  return { next, digits };
}
type Digits = ReturnType<typeof createDigits>;

const pad = (value: number) => String(value).padStart(2, '0');

/** Front and back of a number. The check digit is tried: the one for which the weighted sum of all 13 digits fits. */
export function makeRrn({ next, digits }: Digits, years: [number, number], sexes: number[], sum?: number) {
  const year = years[0] + (next() % (years[1] - years[0]));
  const front = `${pad(year % 100)}${pad((next() % 12) + 1)}${pad((next() % 28) + 1)}`;
  const back = `${sexes[next() % sexes.length]}${digits(5)}`;
  const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
  const total = weights.reduce((so, weight, at) => so + weight * Number((front + back)[at]), 0);
  for (let last = 0; last < 10; last += 1)
    // The sum and the last digit make 0 (Koreans) or 2 (foreigners) modulo 11, where ten and eleven lose their tens.
    if (sum !== undefined && [sum, sum - 10].some((to) => (total + last - to) % 11 === 0))
      return [front, `${back}${last}`] as const;
  return [front, `${back}${digits(1)}`] as const;
}

export function makeCard({ digits }: Digits): string[] {
  const body = `4${digits(14)}`;
  for (let last = 0; last < 10; last += 1) {
    const whole = `${body}${last}`;
    let total = 0;
    for (let at = 0; at < 16; at += 1) {
      const doubled = Number(whole[at]) * (at % 2 === 0 ? 2 : 1);
      total += Math.floor(doubled / 10) + (doubled % 10);
    }
    if (total % 10 === 0) return whole.match(/.{4}/g) as string[];
  }
  throw new Error('no check digit fits');
}

/** A sentence with numbers in its places, and the numbers. */
export function fill(sentence: string, from: Digits): { text: string; numbers: string[] } {
  const numbers: string[] = [];
  const adult = () => makeRrn(from, [1950, 1999], [1, 2], 11);
  const makers: Record<string, () => string> = {
    'rrn-': () => adult().join('-'),
    rrn: () => adult().join(''),
    'rrn.': () => adult().join('.'),
    'rrn – ': () => adult().join(' – '),
    'rrn_ _': () => [...adult().join('')].join(' '),
    rrnWide: () =>
      adult()
        .join('－')
        .replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    'rrn2021-': () => makeRrn(from, [2021, 2025], [3, 4]).join('-'),
    rrn2021: () => makeRrn(from, [2021, 2025], [3, 4]).join(''),
    'rrnNew-': () => makeRrn(from, [1950, 1999], [1, 2]).join('-'),
    'foreigner-': () => makeRrn(from, [1960, 1999], [5, 6], 13).join('-'),
    foreigner: () => makeRrn(from, [1960, 1999], [5, 6], 13).join(''),
    'card-': () => makeCard(from).join('-'),
    card: () => makeCard(from).join(''),
    'card ': () => makeCard(from).join(' '),
  };
  const text = sentence.replace(/\{([^}]+)\}/g, (_, place: string) => {
    const number = makers[place]?.() ?? from.digits(Number(place));
    numbers.push(number);
    return number;
  });
  return { text, numbers };
}
