import { createHash } from 'node:crypto'

/** SHA-256 of the parts as base64url: looks random, yet the same parts always give the same text. */
export function seededText(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join('/')).digest('base64url')
}

/** A whole number from 0 up to (not including) the limit, always the same for the same seed. */
export function seededNumber(seed: string, limit: number): number {
  return createHash('sha256').update(seed).digest().readUIntBE(0, 6) % limit
}

/** SHA-256 of the bytes as hex: the name of a content. */
export function contentHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A bot token of the real shape; each number gives another one. */
export function seededToken(botId: number, number: number): string {
  return `${botId}:AA${seededText('token', botId, number).slice(0, 33)}`
}
