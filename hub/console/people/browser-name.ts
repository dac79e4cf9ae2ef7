import Bowser from 'bowser';

/** The most characters of the header that are looked at. */
const mostRead = 500;

/** A browser in words that its user recognises, from its header: "Chrome · Windows". Undefined: it says nothing known. */
export function toBrowserName(userAgent: string | undefined): string | undefined {
  const text = userAgent?.slice(0, mostRead).trim();
  if (!text) return undefined;
  const { browser, os } = Bowser.parse(text);
  return [browser.name, os.name].filter(Boolean).join(' · ') || undefined;
}
