/** Whether a text has the form of a bot token, so that asking Telegram about it makes sense. */
export function looksLikeToken(text: string): boolean {
  return /^\d{5,16}:[\w-]{30,60}$/u.test(text.trim())
}
