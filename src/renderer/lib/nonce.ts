/** The nonce under which this window may add style sheets; the main process makes a new one for each load. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}

/** Tells `get-nonce`, which the dialogs' scroll lock asks, by the name it looks for. */
export function shareStyleNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() })
}
