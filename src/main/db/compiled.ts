import type { Statement } from 'better-sqlite3'
import { Column, is, noopDecoder, noopEncoder, Param, Placeholder } from 'drizzle-orm'

type Value = unknown
type Values = Readonly<Record<string, Value>>
type Decoder = { readonly mapFromDriverValue: (value: never) => Value }
type Encoder = { readonly mapToDriverValue: (value: Value) => Value }

/** What a prepared query of drizzle's holds; its own types keep it to themselves. */
type Prepared = {
  readonly stmt: Statement
  readonly query: { readonly params: readonly Value[] }
  readonly fields?: readonly { readonly path: readonly string[]; readonly field: Value }[]
}

/** Where a parameter's value comes from: by its name from the call, or always the same. */
type Binding =
  | { readonly name: string; readonly encoder: Encoder | null }
  | { readonly name: null; readonly value: Value }

/**
 * The same prepared query, with all that is the same at every call done once: which parameter is which value, and how
 * each column of a row is named and read. drizzle finds that out anew for each value of each call, which took longer
 * than SQLite itself (docs/benchmarks.md, P4 and P7). Results and errors are drizzle's.
 */
export function compiled<T>(made: T): T {
  // What drizzle prepares for better-sqlite3; anything else has no statement and is left as it is.
  const prepared = made as unknown as Prepared
  const mapper = rowMapper(prepared.fields)
  if (mapper === null) return made
  const { stmt } = prepared
  const bindings = prepared.query.params.map(bindingOf)
  const bind = (values: Values | undefined) => bindings.map((binding) => valueOf(binding, values))
  if (mapper === 'no rows') {
    return { run: (values?: Values) => stmt.run(...bind(values)) } as unknown as T
  }
  stmt.raw()
  return {
    all: (values?: Values) => (stmt.all(...bind(values)) as Value[][]).map(mapper),
    get: (values?: Values) => {
      const row = stmt.get(...bind(values)) as Value[] | undefined
      return row === undefined ? undefined : mapper(row)
    },
  } as unknown as T
}

function bindingOf(param: Value): Binding {
  if (is(param, Placeholder)) return { name: param.name, encoder: null }
  // A parameter that stands for a column's value is written the column's way.
  if (is(param, Param) && is(param.value, Placeholder))
    return { name: param.value.name, encoder: isPlain(param.encoder) ? null : param.encoder }
  return { name: null, value: param }
}

function valueOf(binding: Binding, values: Values | undefined): Value {
  if (binding.name === null) return binding.value
  const value = values?.[binding.name]
  if (value === undefined) throw new Error(`No value for placeholder "${binding.name}" was provided`)
  return binding.encoder === null ? value : binding.encoder.mapToDriverValue(value)
}

/** How a row becomes an object; null for the nested rows of a join, which stay drizzle's work. */
function rowMapper(fields: Prepared['fields']): ((row: readonly Value[]) => Value) | 'no rows' | null {
  if (fields === undefined) return 'no rows'
  const names: string[] = []
  const decoders: (Decoder | null)[] = []
  for (const { path, field } of fields) {
    const [name] = path
    if (name === undefined || path.length > 1) return null
    names.push(name)
    decoders.push(decoderOf(field))
  }
  return (row) => {
    const object: Record<string, Value> = {}
    for (const [index, name] of names.entries()) {
      const value = row[index]
      const decoder = decoders[index]
      object[name] = decoder && value !== null ? decoder.mapFromDriverValue(value as never) : value
    }
    return object
  }
}

/** What reads a column's value; null where it is taken as it is. */
function decoderOf(field: Value): Decoder | null {
  const decoder = is(field, Column) ? field : sqlDecoderOf(field)
  return isPlain(decoder) ? null : (decoder as Decoder)
}

/** The decoder of a column that is an expression, with or without a name of its own. */
function sqlDecoderOf(field: Value): Value {
  const expression = field as { readonly decoder?: Value; readonly sql?: { readonly decoder?: Value } }
  return expression.decoder ?? expression.sql?.decoder
}

/** Whether values pass through unchanged. */
function isPlain(mapping: Value): boolean {
  if (!is(mapping, Column)) return mapping === noopDecoder || mapping === noopEncoder
  const { prototype } = Column
  return (
    mapping.mapFromDriverValue === prototype.mapFromDriverValue &&
    mapping.mapToDriverValue === prototype.mapToDriverValue
  )
}
