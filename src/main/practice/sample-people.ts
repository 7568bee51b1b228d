import type { UnitKey } from './sample-places'
import type { Words } from './sample-words'

/** Telegram ids of the people of the practice building begin here: far from those of the simulator's own tests. */
const FIRST_ID = 5_210_000_001

/** Somebody with Telegram on the phone. Names are a given name and a surname. */
type OnTelegram<Key> = {
  readonly key: Key
  readonly telegramId: number
  readonly name: Words
  readonly username: string | null
}

const residents = {
  anna: [['Anna Petrova', 'Анна Петрова'], 'f34', 'anna_petrova'],
  ben: [['Ben Carter', 'Борис Карпов'], 'f12', 'bcarter'],
  clara: [['Clara Weiss', 'Клара Вайс'], 'f11', null],
  david: [['David Osei', 'Давид Осипов'], 'f21', 'dosei'],
  emma: [['Emma Lindqvist', 'Эмма Линдберг'], 'f14', null],
  farid: [['Farid Nazari', 'Фарид Назаров'], 'f22', 'farid_n'],
  grace: [['Grace Murphy', 'Галина Морозова'], 'f51', null],
  hugo: [['Hugo Almeida', 'Игорь Алмазов'], 'f24', 'hugo_a'],
  irina: [['Irina Sokolova', 'Ирина Соколова'], 'f31', null],
  james: [['James Whitfield', 'Яков Белов'], 'f44', 'jwhitfield'],
  kamila: [['Kamila Nowak', 'Камила Новикова'], 'f43', 'kamila_n'],
  liam: [['Liam Byrne', 'Леонид Быков'], 'f53', null],
  maria: [['Maria Gonzalez', 'Мария Гончарова'], 'f33', 'maria_g'],
  nina: [['Nina Fischer', 'Нина Фишер'], 'f41', null],
  omar: [['Omar Haddad', 'Омар Хаддад'], 'f42', 'omar_h'],
  paula: [['Paula Costa', 'Полина Костина'], 'f52', 'paula_c'],
  quentin: [['Quentin Moreau', 'Роман Морев'], 'f61', null],
  rosa: [['Rosa Marino', 'Роза Маринина'], 'f64', null],
  sam: [['Sam Taylor', 'Семён Титов'], 'o111', 'sam_taylor'],
  tess: [['Tess Vermeer', 'Тамара Вершинина'], 'o204', 'tess_v'],
  uma: [['Uma Rao', 'Ульяна Раева'], 'o207', null],
  victor: [['Victor Stan', 'Виктор Станкевич'], 'o301', 'vstan'],
  wendy: [['Wendy Clarke', 'Вера Климова'], 'o302', null],
  yusuf: [['Yusuf Demir', 'Юсуф Демиров'], 'o306', 'yusuf_d'],
} as const satisfies Readonly<Record<string, readonly [Words, UnitKey, string | null]>>

const technicians = {
  marek: [['Marek Novak', 'Марек Новак'], 'marek_fixes'],
  piotr: [['Piotr Vrba', 'Константин Павлов'], null],
  joana: [['Joana Oliveira', 'Екатерина Соболева'], 'joana_o'],
  elsa: [['Elsa Lindgren', 'Вячеслав Андреев'], null],
  daniel: [['Daniel Reyes', 'Даниил Рябов'], 'dreyes'],
} as const satisfies Readonly<Record<string, readonly [Words, string | null]>>

/** A resident of the practice buildings. */
export type ResidentKey = keyof typeof residents
/** A technician of the practice buildings. */
export type TechnicianKey = keyof typeof technicians

/** A resident with their flat or office. */
export type SampleResident = OnTelegram<ResidentKey> & { readonly unit: UnitKey }
/** A technician. */
export type SampleTechnician = OnTelegram<TechnicianKey>

// Object.entries forgets the keys, which are those of the tables above.
const residentEntries = Object.entries(residents) as [ResidentKey, readonly [Words, UnitKey, string | null]][]
const technicianEntries = Object.entries(technicians) as [TechnicianKey, readonly [Words, string | null]][]

/** The residents who write to the bot; one more only calls. */
export const sampleResidents: readonly SampleResident[] = residentEntries.map(
  ([key, [name, unit, username]], index) => ({ key, telegramId: FIRST_ID + index, name, username, unit }),
)

/** The technicians. */
export const sampleTechnicians: readonly SampleTechnician[] = technicianEntries.map(
  ([key, [name, username]], index) => ({ key, telegramId: FIRST_ID + 500 + index, name, username }),
)

/** A neighbour who has never met the bot: to scan a code with. */
export const newcomer: Omit<OnTelegram<null>, 'key'> = {
  telegramId: FIRST_ID + 900,
  name: ['Zoe Bennett', 'Зоя Белкина'],
  username: null,
}
