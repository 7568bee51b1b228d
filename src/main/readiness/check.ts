/** What a check says: all is well, it can be better, it must be mended first, or it could not be made. */
export type Verdict = 'go' | 'warn' | 'no-go' | 'skipped'

/** One line of the checklist. */
export type Checked = {
  /** Stays the same, for scripts. */
  readonly id: string
  readonly title: string
  readonly verdict: Verdict
  /** What was found; never a secret. */
  readonly found: string
  /** What to do about it; empty when nothing is to be done. */
  readonly todo: string
}

/** One check, before it is made. */
export type Check = {
  readonly id: string
  readonly title: string
  /** What it throws counts as a no-go. */
  readonly look: () => Finding | Promise<Finding>
}

/** What a check found. */
export type Finding = Pick<Checked, 'verdict' | 'found'> & { readonly todo?: string }

/** All is well. */
export function go(found: string): Finding {
  return { verdict: 'go', found }
}

/** Works, but is not as it should be. */
export function warn(found: string, todo: string): Finding {
  return { verdict: 'warn', found, todo }
}

/** Not to be relied on before something is done. */
export function noGo(found: string, todo: string): Finding {
  return { verdict: 'no-go', found, todo }
}

/** Could not be made, or does not apply. */
export function skipped(found: string, todo = ''): Finding {
  return { verdict: 'skipped', found, todo }
}

/** Makes a check. What goes wrong inside is told by its code only: messages hold paths and addresses. */
export async function made({ id, title, look }: Check): Promise<Checked> {
  try {
    const { verdict, found, todo = '' } = await look()
    return { id, title, verdict, found, todo }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return {
      id,
      title,
      verdict: 'no-go',
      found: `could not be looked at (${code})`,
      todo: 'Start the program: its screen says what is in the way.',
    }
  }
}
