const TOKEN =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|\s+|[\p{L}_][\p{L}\p{N}_$]*|\d[\w.]*|./gu

/** Splits SQL into its words and signs, in lower case, without comments and quotes of names. */
export function tokensOf(sql: string): readonly string[] {
  const tokens: string[] = []
  for (const [token] of sql.matchAll(TOKEN)) {
    if (/^(\s|--|\/\*)/.test(token)) continue
    if (token.startsWith("'")) tokens.push(token)
    else if (/^["`[]/.test(token)) tokens.push(token.slice(1, -1).toLowerCase())
    else tokens.push(token.toLowerCase())
  }
  return tokens
}

/** One spelling for SQL that means the same: SQLite keeps the author's spaces and quotes, and its own after a rename. */
export function normalisedSql(sql: string): string {
  return tokensOf(sql)
    .filter((token) => token !== ';')
    .join(' ')
}

/** A name as SQL, whatever it contains. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** The statements of a file that may still hold pieces with nothing but a remark. */
export function finishedStatementsOf(sql: string): readonly string[] {
  return statementsOf(sql).filter((statement) => tokensOf(statement).length > 0)
}

/** The statements of a migration file: drizzle-kit puts a mark between them. */
export function statementsOf(sql: string): readonly string[] {
  return sql
    .split('--> statement-breakpoint')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}
