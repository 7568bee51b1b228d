/** What a t.me link hands to the bot; empty when it hands nothing. */
export function startParameter(link: string): string {
  return URL.canParse(link) ? (new URL(link).searchParams.get('start') ?? '') : ''
}
