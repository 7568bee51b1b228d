/** The id of the bot that a token belongs to: its first part (BotFather). */
export function botIdOf(token: string): number {
  return Number(token.split(':', 1)[0])
}
