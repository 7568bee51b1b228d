/** Placeholder in the built index.html that each load replaces with a fresh nonce. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__'

/**
 * What the built page may load and run: its own files, and styles that carry this load's nonce.
 * Trusted types allow the one policy named `default`, by which the page lets style sheets through and no markup.
 */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' app://files app://practice data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')
}

/** What the page may load from the development server, whose hot reload needs inline scripts and a socket. */
export function developmentPolicy(origin: string): string {
  const socket = origin.replace(/^http/, 'ws')
  return [
    "default-src 'none'",
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' app://files app://practice data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${socket}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** For files that people sent: nothing in them may load or run anything. */
export const FILE_POLICY = "default-src 'none'; sandbox"

/** For the page that is shown when the other one keeps crashing: words only. */
export const SAFE_PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
