const ALLOWED: ReadonlySet<string> = new Set(['https:', 'mailto:', 'tel:'])
const LONGEST = 2000

/**
 * The address as it may be handed to the system's programs, in its plain ASCII form; null for any other.
 * A system opens anything it knows a program for, so only the web, mail and phone are let through.
 */
export function safeExternalLink(address: string): string | null {
  // The parser drops tabs and line breaks in silence; an address with them was made to deceive.
  if (address.length > LONGEST || /[\p{C}\s\\]/u.test(address)) return null
  const url = URL.parse(address)
  if (!url || !ALLOWED.has(url.protocol)) return null
  // "https://bank.example@evil.example" reads like the bank.
  if (url.username !== '' || url.password !== '') return null
  if (url.protocol === 'https:' && url.hostname === '') return null
  return url.href
}
