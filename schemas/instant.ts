/**
 * RFC 3339, section 5.6, with its note on lower case and blanks. Java's `Z` writes the offset without a colon, so that
 * is accepted too.
 */
const shape =
  /^(\d{4}-\d{2}-\d{2})[Tt ]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d{1,20}))?(?:([Zz])|([+-]\d{2}):?([0-5]\d))$/;
const [earliest, latest] = [Date.UTC(1900, 0, 1), Date.UTC(9999, 11, 31, 23, 59, 59, 999)];
/** In minutes: the largest offset of xs:dateTime (XML Schema 1.1 part 2, 3.3.7). */
const largestOffset = 14 * 60;

/**
 * Converts an instant to the one form in which the hub stores and returns it: `YYYY-MM-DDThh:mm:ss[.fff]` with `Z` or
 * `±hh:mm`. Every reader of RFC 3339 and of xs:dateTime understands this form. Digits beyond the millisecond are
 * dropped. A leap second becomes the second before it. Undefined: the text is no instant, or lies outside the years
 * 1900 to 9999.
 */
export function toCanonicalInstant(text: string): string | undefined {
  const [, date, hour, minute, second, digits, utc, zoneHours = '+00', zoneMinutes = '00'] =
    shape.exec(text) ?? [];
  if (!date) return undefined;
  const fraction = digits === undefined ? '' : `.${digits.slice(0, 3).padEnd(3, '0')}`;
  const local = `${date}T${hour}:${minute}:${second === '60' ? '59' : second}${fraction}`;
  const at = new Date(`${local}Z`);
  // JavaScript's Date turns 30 February into March.
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(date)) return undefined;
  const minutes = Math.abs(Number(zoneHours)) * 60 + Number(zoneMinutes);
  const instant = at.getTime() - (zoneHours.startsWith('-') ? -minutes : minutes) * 60_000;
  if (minutes > largestOffset || instant < earliest || instant > latest) return undefined;
  // The offset -00:00 means that the zone is unknown (RFC 3339, 4.3).
  const offset = utc || (zoneHours === '-00' && minutes === 0) ? 'Z' : `${zoneHours}:${zoneMinutes}`;
  return local + offset;
}

/**
 * Converts an instant that was stored before instants had one form. The result is the same moment, or else the nearest
 * that can be written.
 */
export function toGivenInstant(text: string): string {
  const canonical = toCanonicalInstant(text);
  if (canonical !== undefined) return canonical;
  const at = Date.parse(text.replace(/[\sz]/g, (sign) => (sign === 'z' ? 'Z' : 'T')).replace(/:60/, ':59'));
  return new Date(Number.isNaN(at) ? earliest : Math.min(Math.max(at, earliest), latest)).toISOString();
}
