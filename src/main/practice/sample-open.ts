import type { SampleRequest } from './sample-step'

/** Requests that nobody has been given yet. */
export const newRequests: readonly SampleRequest[] = [
  {
    key: 'lift',
    at: '64m',
    from: 'paula',
    place: 'lift',
    words: [
      'Lift stuck between floors 3 and 4, someone inside. She has pressed the bell twice. She is calm, but alone.',
      'Лифт застрял между 3 и 4 этажами, внутри человек. Женщина дважды нажала вызов. Она спокойна, но одна.',
    ],
    urgency: 'DANGER',
    photos: ['lift-1'],
    steps: [
      [5, 'priority', 'URGENT'],
      ['19m', 'reply', ['The light in the cabin has just gone out.', 'В кабине только что погас свет.']],
      ['6m', 'reply', ['She asks how long it will take.', 'Она спрашивает, сколько ещё ждать.']],
    ],
  },
  {
    at: '51m',
    from: 'sam',
    place: 'lobby',
    words: [
      'Entrance door does not lock. The handle turns, the bolt stays inside. Anybody can walk in.',
      'Входная дверь не запирается. Ручка ходит, а язычок остаётся внутри. Войти может кто угодно.',
    ],
    urgency: 'DANGER',
    photos: ['lock-0', 'lock-2'],
    steps: [[7, 'priority', 'URGENT']],
  },
  {
    at: '9m',
    from: 'james',
    place: 'f44',
    words: [
      'Tap in the bathroom does not close, water runs. A thin stream, but day and night.',
      'Кран в ванной не закрывается, вода течёт. Струйка тонкая, но днём и ночью.',
    ],
    urgency: 'SOON',
    photos: ['leak-1'],
    steps: [],
  },
  {
    at: '82m',
    from: 'ben',
    place: 'f12',
    words: [
      'No hot water in the shower. The kitchen still has some.',
      'Нет горячей воды в душе. На кухне пока есть.',
    ],
    urgency: 'SOON',
    steps: [
      [
        14,
        'note',
        [
          'Flat 22 is on the same riser. Ask there before sending anybody.',
          'Кв. 22 на том же стояке. Сначала спросить там.',
        ],
      ],
    ],
  },
  {
    at: '115m',
    from: 'irina',
    place: 'stairwell',
    words: [
      'Light out on the stairwell. Between floors 2 and 3 nothing can be seen.',
      'Не горит свет на лестнице. Между 2 и 3 этажами ничего не видно.',
    ],
    photos: ['stairs-0'],
    steps: [],
  },
  {
    at: '1d 15:40',
    from: 'uma',
    place: 'o207',
    words: ['Window scratches the frame when it closes', 'Окно царапает раму, когда закрывается'],
    urgency: 'CAN_WAIT',
    steps: [[35, 'read']],
  },
  {
    at: '1d 11:05',
    from: { priority: 'LOW', caller: ['Helen Marsh', 'Елена Маршак'] },
    place: 'f32',
    words: [
      'New name plate for the letter box. It should read “Marsh”, the old one says “Mars”.',
      'Новая табличка на почтовый ящик. Должно быть «Маршак», сейчас там «Марша».',
    ],
    steps: [],
  },
]

/** Requests that a technician has, and has taken or not. */
export const assignedRequests: readonly SampleRequest[] = [
  {
    at: '1360m',
    from: 'wendy',
    place: 'carPark',
    words: [
      'Parking barrier broken, arm hangs down. A van backed into it and drove off.',
      'Сломан шлагбаум на парковке, стрела висит. Его задел фургон и уехал.',
    ],
    urgency: 'DANGER',
    photos: ['barrier-0', 'barrier-2'],
    steps: [
      [6, 'priority', 'URGENT'],
      [2, 'assign', 'piotr'],
      [17, 'take'],
      [
        25,
        'remark',
        ['Taped it off. The arm comes tomorrow morning.', 'Огородил лентой. Стрелу привезут завтра утром.'],
      ],
    ],
  },
  {
    at: '1d 16:20',
    from: 'david',
    place: 'f21',
    words: [
      'Radiator cold in the bedroom. The other two are warm.',
      'Холодный радиатор в спальне. Два других тёплые.',
    ],
    urgency: 'SOON',
    photos: ['radiator-0'],
    steps: [
      [22, 'assign', 'marek'],
      [
        3,
        'answer',
        [
          'Marek comes tomorrow before noon. Will somebody be at home?',
          'Марек придёт завтра до обеда. Кто-нибудь будет дома?',
        ],
      ],
      [9, 'reply', ['Yes, until eleven.', 'Да, до одиннадцати.']],
      [30, 'read'],
    ],
  },
  {
    at: '3d 09:15',
    from: 'grace',
    place: 'f51',
    words: ['Water stain on the ceiling is growing', 'Пятно от воды на потолке растёт'],
    urgency: 'SOON',
    photos: ['ceiling-0'],
    steps: [
      [18, 'assign', 'joana'],
      [20, 'take'],
      [95, 'start'],
      [
        80,
        'remark',
        [
          'Overflow of the bath in flat 61. Sealed it, the stain has to dry.',
          'Перелив ванны в кв. 61. Загерметизировала, пятно должно высохнуть.',
        ],
        'repaired-1',
      ],
      [2, 'done'],
      ['26h', 'notFixed', ['It is wider than before and it drips.', 'Оно шире, чем было, и капает.']],
      [20, 'assign', 'joana'],
      [15, 'take'],
      ['40m', 'reply', ['This is how it looks now.', 'Вот как это выглядит сейчас.'], 'ceiling-2'],
    ],
  },
  {
    at: '3d 14:30',
    from: 'tess',
    place: 'kitchen',
    words: [
      'Kitchen socket has no power. The one beside the fridge.',
      'На кухне не работает розетка. Та, что у холодильника.',
    ],
    steps: [
      [40, 'assign', 'elsa'],
      [
        15,
        'giveBack',
        [
          'Wiring is not my trade. Piotr has the key to the board.',
          'Проводка не по моей части. Ключ от щитка у Константина.',
        ],
      ],
      [10, 'assign', 'piotr'],
      [35, 'take'],
    ],
  },
  {
    at: '4d 10:10',
    from: 'nina',
    place: 'yard',
    words: ['Bicycle rack is loose, two bolts are missing', 'Расшаталась велопарковка, нет двух болтов'],
    urgency: 'CAN_WAIT',
    steps: [
      [50, 'assign', 'elsa'],
      [1, 'note', ['M12 bolts are in the store, second shelf.', 'Болты М12 на складе, вторая полка.']],
      [64, 'take'],
    ],
  },
]
