import type { Child } from './child'
import { deliveredOf, type Facts, type Told } from './invariants'
import { HISTORY_WORDS, type Scene } from './scene'
import type { Resident } from './residents'

/** The facts of a scene that has come to rest. `children` are all programs that ran in it, in their order. */
export function factsOf(scene: Scene, children: readonly Child[], given: Partial<Facts> = {}): Facts {
  const { simulator, residents } = scene
  return {
    folder: scene.folder,
    confirmed: simulator.confirmedUpdateIds(),
    told: residents.map((resident) => toldBy(resident, { request: true, addition: resident.added })),
    delivered: deliveredOf(simulator.ledger),
    seen: seenMessages(scene),
    untouched: scene.untouched,
    secrets: secretsOf(scene),
    outputs: children.map((child) => child.complaints() + JSON.stringify(child.said)).join('\n'),
    shown: null,
    ...given,
  }
}

/** What a resident has told, and what of it must have arrived. */
export function toldBy(
  { phone, words, addition }: Resident,
  certain: { readonly request: boolean; readonly addition: boolean },
): Told {
  return {
    chatId: phone.profile.id,
    words,
    certain: certain.request,
    addition: addition === null ? null : { words: addition, certain: certain.addition },
  }
}

/** The messages that people see, by `chat message`. */
export function seenMessages({ simulator }: Pick<Scene, 'simulator'>): Set<string> {
  return new Set(
    simulator.people
      .list()
      .flatMap((person) => person.messages().map(({ messageId }) => `${person.profile.id} ${messageId}`)),
  )
}

/** What no log may hold: tokens, and what residents are called, write and are reached by. */
export function secretsOf({ tokens, residents }: Pick<Scene, 'tokens' | 'residents'>): string[] {
  const people = residents.flatMap(({ name, words }) => [`${name} `, words.slice(0, 16)])
  return [...tokens, HISTORY_WORDS, 'Canary-', '+49 30 5550', ...people]
}
