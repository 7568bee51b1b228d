/** A difference between two things that should agree, as sentences; empty when they do. */
export type Differences = readonly string[]

/** What was made for a new migration. */
export type Revision = {
  /** Names of the files, in the folder of migrations. */
  readonly files: readonly string[]
  /** What somebody still has to do before the migration keeps the rules; empty when nothing is left. */
  readonly toDo: readonly string[]
}

/** What only a development tree can do, because it has the schema's code and drizzle-kit. */
export type Development = {
  /** How the tables of the code differ from those of the migrations. */
  readonly compareCode: (migrationsFolder: string) => Promise<Differences>
  /** Writes a new migration; nothing when the code has not changed, unless it is to be written by hand. */
  readonly revise: (request: {
    readonly migrationsFolder: string
    readonly message: string
    readonly isByHand: boolean
  }) => Promise<Revision>
}

/** What the commands are given. */
export type ToolDeps = {
  readonly appVersion: string
  readonly migrationsFolder: string
  /** Environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>
  /** The present, in UTC milliseconds. */
  readonly now: () => number
  /** Null in the packaged program. */
  readonly development: Development | null
}
