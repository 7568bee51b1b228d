import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Language } from '../model/vocabulary'

type Texts = Map<string, string>

const folder = import.meta.dirname
const namespaces = readdirSync(join(folder, 'en')).sort()

function flatten(value: unknown, path: string, into: Texts): Texts {
  if (typeof value === 'string') into.set(path, value)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      flatten(inner, path === '' ? key : `${path}.${key}`, into)
  }
  return into
}

function textsOf(language: string, namespace: string): Texts {
  return flatten(JSON.parse(readFileSync(join(folder, language, namespace), 'utf8')), '', new Map())
}

const PLURAL = /_(zero|one|two|few|many|other)$/u

/** The keys without their plural endings, with the endings that each has. */
function formsOf(texts: Texts): Map<string, Set<string>> {
  const forms = new Map<string, Set<string>>()
  for (const key of texts.keys()) {
    const ending = PLURAL.exec(key)?.[1] ?? ''
    const base = key.replace(PLURAL, '')
    forms.set(base, (forms.get(base) ?? new Set()).add(ending))
  }
  return forms
}

/** Names of the values that a text takes, `{{name}}`, and of its tags, `<b>`. */
function partsOf(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([\w.]+)|<(\w+)>/gu)]
    .map(([, value, tag]) => value ?? `<${tag ?? ''}>`)
    .sort()
}

test('every language has every namespace', () => {
  for (const language of Language.options)
    expect(readdirSync(join(folder, language)).sort()).toEqual(namespaces)
})

test.each(namespaces)(
  '%s: every key is in every language, in every plural form that the language has',
  (namespace) => {
    const english = formsOf(textsOf('en', namespace))
    for (const language of Language.options) {
      const forms = formsOf(textsOf(language, namespace))
      expect([...forms.keys()].sort()).toEqual([...english.keys()].sort())
      const categories = new Set(new Intl.PluralRules(language).resolvedOptions().pluralCategories)
      for (const [key, endings] of forms) {
        if (endings.has('')) continue
        expect({ key, endings: [...endings].sort() }).toEqual({ key, endings: [...categories].sort() })
      }
    }
  },
)

test.each(namespaces)('%s: a text asks only for values that it is given, and is never empty', (namespace) => {
  const english = textsOf('en', namespace)
  for (const language of Language.options) {
    for (const [key, text] of textsOf(language, namespace)) {
      const original = english.get(PLURAL.test(key) ? key.replace(PLURAL, '_other') : key) ?? ''
      // A language may do without a value, "Reopened once", but not ask for one by another name.
      const given = new Set(partsOf(original))
      const unknown = partsOf(text).filter((part) => !given.has(part))
      expect({ key, unknown, empty: text.trim() === '' }).toEqual({ key, unknown: [], empty: false })
    }
  }
})
