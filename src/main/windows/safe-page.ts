/** The words of the page that is shown when the window keeps crashing. */
export type SafePageTexts = {
  readonly language: string
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly again: string
}

/** A page of words and one link back, without scripts, so that nothing in it can crash. */
export function safePage({ language, title, paragraphs, again }: SafePageTexts): string {
  return `<!doctype html>
<html lang="${escape(language)}">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<style>
  body { max-width: 34rem; margin: 18vh auto 0; padding: 0 2rem; font: 16px/1.6 system-ui, sans-serif;
    color: #1B1A18; background: #F7F5F1 }
  a { color: inherit; font-weight: 600 }
  @media (prefers-color-scheme: dark) { body { color: #F7F5F1; background: #1B1A18 } }
</style>
<main>
<h1>${escape(title)}</h1>
${paragraphs.map((paragraph) => `<p>${escape(paragraph)}</p>`).join('\n')}
<p><a href="/">${escape(again)}</a></p>
</main>
</html>
`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
}
