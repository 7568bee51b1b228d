const WORD = String.raw`[\w$.#]{1,60}`

/**
 * What engines, SQLite, the system and Telegram's library say of an error, in the forms that hold names of the program
 * only. Everything else that an error says may quote what people wrote, so it is not kept.
 */
const KNOWN: readonly RegExp[] = [
  new RegExp(
    String.raw`^Cannot (?:read|set) properties of (?:undefined|null)(?: \((?:reading|setting) '${WORD}'\))?$`,
  ),
  new RegExp(String.raw`^${WORD} is not (?:a function|a constructor|defined|iterable)$`),
  new RegExp(String.raw`^Cannot access '${WORD}' before initialization$`),
  /^(?:Maximum call stack size exceeded|Invalid time value|Invalid array length|Assignment to constant variable\.)$/,
  /^The text is not valid JSON$/,
  new RegExp(
    String.raw`^(?:UNIQUE|NOT NULL|FOREIGN KEY|CHECK) constraint failed(?:: ${WORD}(?:, ${WORD})*)?$`,
  ),
  new RegExp(String.raw`^no such (?:table|column): ${WORD}$`),
  /^(?:database is locked|database disk image is malformed|database or disk is full|disk I\/O error)$/,
  /^(?:file is not a database|attempt to write a readonly database|unable to open database file)$/,
  /^Minified React error #\d+/,
  new RegExp(String.raw`^No handler for ${WORD}$`),
]
/** `ENOSPC: no space left on device, write '/home/…'`: the path is cut off. */
const SYSTEM = /^E[A-Z0-9]{2,20}: [a-z ]{3,60}(?=,|$)/
/** `Call to 'sendMessage' failed! (400: Bad Request: …)`: Telegram's own words are cut off. */
const CALL = /^Call to '[A-Za-z]{1,40}' failed! \(\d{3}/
/** What the redactor makes of an error of zod: fields and codes. */
const FIELDS = /^[\w.]{1,80}: [a-z_]{3,40}(?:, [\w.]{1,80}: [a-z_]{3,40})*$/

/** As much of an error's own message as is known to hold no word of a person; empty when nothing is. */
export function knownSentence(message: string): string {
  if (KNOWN.some((form) => form.test(message)))
    return (/^Minified React error #\d+/.exec(message) ?? [message])[0]
  const call = CALL.exec(message)
  if (call !== null) return `${call[0]})`
  return SYSTEM.exec(message)?.[0] ?? (FIELDS.test(message) ? message : '')
}
