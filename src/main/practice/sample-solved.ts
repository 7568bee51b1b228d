import type { ResidentKey, TechnicianKey } from './sample-people'
import type { UnitKey } from './sample-places'
import type { SampleRequest, Step, When } from './sample-step'
import type { Words } from './sample-words'

type Solved = {
  readonly at: When
  readonly from: ResidentKey
  readonly place: UnitKey
  readonly words: Words
  readonly by: TechnicianKey
  readonly did?: Words
  /** Whether the resident said that it is fixed; otherwise it closed by itself. */
  readonly confirmed: boolean
  readonly photos?: SampleRequest['photos']
}

/** A request that went the usual way. */
function solved({ at, from, place, words, by, did, confirmed, photos }: Solved): SampleRequest {
  const remark: Step[] = did === undefined ? [] : [[45, 'remark', did]]
  const end: Step = confirmed ? [40, 'fixed'] : [72 * 60, 'autoClose']
  const steps: Step[] = [[25, 'assign', by], [20, 'take'], [50, 'start'], ...remark, [15, 'done'], end]
  return { at, from, place, words, steps, ...(photos === undefined ? {} : { photos }) }
}

const usual: readonly Solved[] = [
  {
    at: '34d 09:10',
    from: 'ben',
    place: 'f12',
    by: 'marek',
    confirmed: true,
    words: ['Shower head drips', 'Капает душевая лейка'],
    did: ['New washer.', 'Новая прокладка.'],
  },
  {
    at: '33d 11:40',
    from: 'clara',
    place: 'entrance',
    by: 'daniel',
    confirmed: false,
    words: ['Door closer at the entrance slams', 'Доводчик на входе хлопает дверью'],
  },
  {
    at: '31d 10:05',
    from: 'victor',
    place: 'o301',
    by: 'piotr',
    confirmed: true,
    words: ['Ceiling lamp flickers above my desk', 'Мигает лампа над столом'],
    photos: ['lamp-0'],
    did: ['Changed the starter and both tubes.', 'Заменил стартер и обе лампы.'],
  },
  {
    at: '30d 14:15',
    from: 'farid',
    place: 'f22',
    by: 'marek',
    confirmed: true,
    words: [
      'Hot and cold water are swapped after the repair',
      'После ремонта перепутаны горячая и холодная вода',
    ],
  },
  {
    at: '28d 09:30',
    from: 'emma',
    place: 'stairwell',
    by: 'elsa',
    confirmed: false,
    words: ['Handrail is loose on floor 1', 'Шатаются перила на 1 этаже'],
    did: ['Two new anchors.', 'Два новых анкера.'],
  },
  {
    at: '27d 12:50',
    from: 'wendy',
    place: 'kitchen',
    by: 'joana',
    confirmed: true,
    words: ['Fridge door does not close', 'Не закрывается дверца холодильника'],
  },
  {
    at: '25d 08:45',
    from: 'omar',
    place: 'f42',
    by: 'marek',
    confirmed: true,
    words: ['Water pressure is very low', 'Очень слабый напор воды'],
    photos: ['meter-2'],
    did: ['Strainer was full of sand.', 'Фильтр был забит песком.'],
  },
  {
    at: '24d 15:05',
    from: 'rosa',
    place: 'yard',
    by: 'elsa',
    confirmed: false,
    words: ['Broken glass beside the playground', 'Битое стекло у детской площадки'],
  },
  {
    at: '22d 10:25',
    from: 'sam',
    place: 'lobby',
    by: 'piotr',
    confirmed: true,
    words: ['Card reader does not read my card', 'Считыватель не видит мою карту'],
  },
  {
    at: '21d 13:10',
    from: 'anna',
    place: 'f34',
    by: 'daniel',
    confirmed: true,
    words: ['Window handle in the bedroom came off', 'В спальне отвалилась оконная ручка'],
    did: ['Longer screws, new handle.', 'Новая ручка, винты длиннее.'],
  },
  {
    at: '20d 09:20',
    from: 'hugo',
    place: 'garage',
    by: 'elsa',
    confirmed: false,
    words: ['Oil on the ramp, cars slide', 'Масло на рампе, машины скользят'],
  },
  {
    at: '19d 11:30',
    from: 'liam',
    place: 'f53',
    by: 'joana',
    confirmed: true,
    words: ['Bedroom radiator knocks at night', 'Ночью стучит батарея в спальне'],
    photos: ['radiator-1'],
    did: ['Bled it, air in the riser.', 'Спустила воздух из стояка.'],
  },
  {
    at: '17d 14:00',
    from: 'uma',
    place: 'o207',
    by: 'piotr',
    confirmed: true,
    words: ['Network socket hangs out of the wall', 'Сетевая розетка вывалилась из стены'],
  },
  {
    at: '16d 10:45',
    from: 'kamila',
    place: 'lift',
    by: 'daniel',
    confirmed: false,
    words: ['Lift button for floor 4 stays pressed', 'Западает кнопка 4 этажа в лифте'],
    photos: ['lift-0'],
  },
  {
    at: '15d 08:55',
    from: 'james',
    place: 'f44',
    by: 'marek',
    confirmed: true,
    words: ['Toilet runs without end', 'Постоянно течёт унитаз'],
    did: ['New flush valve.', 'Новый клапан слива.'],
  },
  {
    at: '14d 12:20',
    from: 'tess',
    place: 'carPark',
    by: 'elsa',
    confirmed: false,
    words: ['Lines of the parking bays are worn away', 'Стёрлась разметка парковки'],
  },
  {
    at: '12d 09:40',
    from: 'grace',
    place: 'f51',
    by: 'joana',
    confirmed: true,
    words: ['Front door scrapes over the floor', 'Входная дверь задевает пол'],
  },
  {
    at: '11d 13:45',
    from: 'yusuf',
    place: 'floor3',
    by: 'piotr',
    confirmed: true,
    words: ['Emergency exit sign is dark', 'Не горит табло запасного выхода'],
    did: ['Battery and lamp changed.', 'Заменил батарею и лампу.'],
  },
  {
    at: '10d 10:30',
    from: 'maria',
    place: 'f33',
    by: 'marek',
    confirmed: true,
    words: ['Kitchen drain smells', 'Неприятный запах из кухонного слива'],
  },
  {
    at: '8d 09:05',
    from: 'paula',
    place: 'f52',
    by: 'marek',
    confirmed: true,
    words: ['Leak at the washing machine valve', 'Подтекает кран стиральной машины'],
    photos: ['leak-1'],
    did: ['Tightened and sealed.', 'Подтянул и уплотнил.'],
  },
  {
    at: '5d 14:10',
    from: 'irina',
    place: 'f31',
    by: 'joana',
    confirmed: true,
    words: ['Bathroom fan is very loud', 'Очень шумит вытяжка в ванной'],
  },
  {
    at: '3d 08:50',
    from: 'victor',
    place: 'o301',
    by: 'elsa',
    confirmed: true,
    words: ['Blinds do not go down', 'Не опускаются жалюзи'],
  },
  {
    at: '2d 10:00',
    from: 'david',
    place: 'f21',
    by: 'daniel',
    confirmed: true,
    words: ['Doorbell is silent', 'Не звонит дверной звонок'],
    did: ['Loose wire.', 'Отошёл провод.'],
  },
]

/** Requests that went the usual way and are over. */
export const solvedRequests: readonly SampleRequest[] = usual.map(solved)
