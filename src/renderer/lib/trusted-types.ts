type Factory = {
  readonly createPolicy: (name: string, rules: { createHTML: (text: string) => string | null }) => unknown
}

/**
 * Lets Mantine write its style sheets as text and nothing else: text with a tag in it is refused, so markup
 * can't enter the page through any sink.
 */
export function allowStyleSheetsOnly(): void {
  // Safe: the DOM typings do not know trusted types yet; Chromium has them.
  const { trustedTypes } = window as { trustedTypes?: Factory }
  trustedTypes?.createPolicy('default', { createHTML: (text) => (text.includes('<') ? null : text) })
}
