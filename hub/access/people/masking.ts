import type { Complainant } from '../../../schemas/index.ts';
import { maskName } from '../../words/mask-name.ts';
import { toNational } from '../../words/to-national.ts';

/** hong@example.kr → h***@example.kr; +821012345678 → 010-****-5678. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at > 0) return `${address[0]}***${address.slice(at)}`;
  const [first, middle, last] = toNational(address).split('-');
  if (first && middle && last) return [first, '*'.repeat(middle.length), last].join('-');
  return address.replace(/^(\+?\d{4}).*(\d{4})$/, '$1****$2').replace(/^\d{1,11}$/, '****');
}

/** People put names into file names, so only the ending stays: it shows the kind of file. */
export const maskFileName = (name: string): string => `***${/\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''}`;

/** The same complainant for readers who need not know the person. */
export function maskComplainant(person: Complainant): Complainant {
  return {
    ...person,
    name: maskName(person.name),
    ...(person.company !== undefined && { company: maskName(person.company) }),
    ...(person.email !== undefined && { email: maskAddress(person.email) }),
    ...(person.phone !== undefined && { phone: maskAddress(person.phone) }),
  };
}
