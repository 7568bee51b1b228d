import type { SampleRequest } from './sample-step'

/** Requests that are being worked on. */
export const startedRequests: readonly SampleRequest[] = [
  {
    at: '1505m',
    from: 'victor',
    place: 'floor3',
    words: [
      'No power in offices 3.01 to 3.06. The server is on its battery.',
      'Нет света в офисах 3.01–3.06. Сервер работает от батареи.',
    ],
    urgency: 'DANGER',
    photos: ['lamp-1'],
    steps: [
      [3, 'priority', 'URGENT'],
      [1, 'assign', 'piotr'],
      [4, 'take'],
      [
        1,
        'answer',
        [
          'Piotr is on his way. Please switch everything off at the sockets.',
          'Константин уже едет. Пожалуйста, отключите всё из розеток.',
        ],
      ],
      [22, 'start'],
      [
        35,
        'remark',
        [
          'Main breaker of floor 3 trips at once. Looking for the circuit.',
          'Автомат 3 этажа выбивает сразу. Ищу линию.',
        ],
      ],
      [
        90,
        'remark',
        [
          'It is the air conditioning in 3.04. The rest can come back.',
          'Виноват кондиционер в 3.04. Остальное можно включать.',
        ],
      ],
      [8, 'reply', ['3.01 to 3.03 have power again.', 'В 3.01–3.03 свет есть.']],
      [
        12,
        'answer',
        [
          'The other three follow when the cable is replaced.',
          'Остальные три включим, когда заменим кабель.',
        ],
      ],
      ['70m', 'remark', ['Cable is in. Measuring.', 'Кабель проложен. Измеряю.']],
    ],
  },
  {
    key: 'leak',
    at: '185m',
    from: 'anna',
    place: 'f34',
    words: [
      'Leak under the kitchen sink, water on the floor. I put a bucket under it and it fills in an hour.',
      'Течёт под кухонной мойкой, вода на полу. Поставила ведро, за час наполняется.',
    ],
    urgency: 'SOON',
    photos: ['leak-0', 'leak-2', 'meter-1'],
    steps: [
      [5, 'priority', 'HIGH'],
      [1, 'assign', 'marek'],
      [3, 'take'],
      [1, 'start'],
      [
        19,
        'remark',
        [
          'The trap is cracked, not the seal. Closed the valve in the riser, flat 44 is dry too. Need a 40 mm trap.',
          'Треснул сифон, прокладка целая. Перекрыл вентиль на стояке, в 44-й тоже сухо. Нужен сифон 40 мм.',
        ],
      ],
      [
        3,
        'answer',
        [
          'Marek closed the water under your sink. He is back with the part today.',
          'Марек перекрыл воду под мойкой. Сегодня вернётся с деталью.',
        ],
      ],
      [
        '21m',
        'reply',
        ['Thank you! Can I use the tap in the bathroom?', 'Спасибо! А краном в ванной пользоваться можно?'],
      ],
    ],
  },
  {
    at: '2d 16:10',
    from: 'liam',
    place: 'entrance',
    words: [
      'Intercom rings in the wrong flat. Mine rings at 43 and the other way round.',
      'Домофон звонит не в ту квартиру. Звонок 53-й слышно в 43-й и наоборот.',
    ],
    steps: [
      [28, 'assign', 'joana'],
      [12, 'take'],
      ['20h', 'start'],
      [
        30,
        'remark',
        [
          'The panel was swapped after the last repair. Needs the manual for the codes.',
          'После ремонта перепутали панель. Для кодов нужна инструкция.',
        ],
      ],
      [25, 'note', ['Manual is in the office, blue folder.', 'Инструкция в офисе, синяя папка.']],
    ],
  },
  {
    at: '3d 11:20',
    from: 'yusuf',
    place: 'o306',
    words: ['Meeting room air is stuffy, fan silent', 'В переговорной душно, вентиляция молчит'],
    urgency: 'CAN_WAIT',
    steps: [
      [45, 'priority', 'MEDIUM'],
      [1, 'assign', 'elsa'],
      [30, 'take'],
      ['27h', 'start'],
      [
        50,
        'remark',
        ['Filter was full. Fan motor hums but does not turn.', 'Фильтр забит. Мотор гудит, но не крутится.'],
      ],
    ],
  },
  {
    at: '6d 09:00',
    from: { priority: 'LOW' },
    place: 'stairwell',
    words: ['Repaint the handrail from floor 1 to floor 4', 'Перекрасить перила с 1 по 4 этаж'],
    steps: [
      [2, 'assign', 'daniel'],
      [30, 'take'],
      ['2d 08:30', 'start'],
      [
        380,
        'remark',
        [
          'First coat done up to floor 2. Wet until tomorrow.',
          'Первый слой до 2 этажа. До завтра не сохнет.',
        ],
        'stairs-1',
      ],
    ],
  },
]

/** Requests that wait for something. */
export const heldRequests: readonly SampleRequest[] = [
  {
    at: '2d 08:40',
    from: 'hugo',
    place: 'garage',
    words: ['Garage gate opens only halfway', 'Ворота гаража открываются наполовину'],
    urgency: 'SOON',
    photos: ['gate-0', 'gate-1'],
    steps: [
      [15, 'priority', 'HIGH'],
      [1, 'assign', 'piotr'],
      [11, 'take'],
      [50, 'start'],
      [
        40,
        'remark',
        [
          'The belt of the drive is torn. Opened by hand and secured.',
          'Порван ремень привода. Открыл вручную и закрепил.',
        ],
      ],
      [15, 'hold', ['Parts: drive belt ordered', 'Запчасти: заказан ремень привода'], 0],
      [
        2,
        'answer',
        [
          'The gate stays open until the belt is here. There is a guard at night.',
          'До замены ремня ворота открыты. Ночью дежурит охрана.',
        ],
      ],
    ],
  },
  {
    at: '5d 08:15',
    from: { priority: 'MEDIUM' },
    place: 'boilerRoom',
    words: [
      'Boiler pressure drops overnight. 1.8 in the evening, 1.1 in the morning.',
      'Ночью падает давление в котле. Вечером 1,8, утром 1,1.',
    ],
    steps: [
      [3, 'assign', 'marek'],
      [12, 'take'],
      [60, 'start'],
      [
        70,
        'remark',
        [
          'Topped up. No leak on our side: the expansion vessel has to be checked.',
          'Подкачал. У нас течи нет: надо проверить расширительный бак.',
        ],
      ],
      [30, 'hold', ['Vendor: visit booked', 'Подрядчик: выезд согласован'], 1],
    ],
  },
  {
    at: '6d 13:30',
    from: 'sam',
    place: 'o111',
    words: ['Cracked window pane, a bird flew into it', 'Треснуло стекло, в него влетела птица'],
    photos: ['window-0'],
    steps: [
      [32, 'assign', 'joana'],
      [20, 'take'],
      [100, 'start'],
      [
        25,
        'remark',
        ['Measured: 1180 by 740. Taped from inside.', 'Сняла размеры: 1180 на 740. Заклеила изнутри.'],
        'window-1',
      ],
      [15, 'hold', ['Parts: glass cut to size', 'Запчасти: стекло по размеру'], 3],
    ],
  },
  {
    at: '8d 15:05',
    from: 'kamila',
    place: 'f43',
    words: [
      'Balcony drain is blocked, water stands after rain',
      'Засорён балконный сток, после дождя стоит вода',
    ],
    urgency: 'CAN_WAIT',
    steps: [
      [60, 'assign', 'elsa'],
      [45, 'take'],
      ['7d 09:20', 'hold', ['Access: owner away', 'Доступ: владелец в отъезде'], 5],
      [
        '3h',
        'reply',
        ['I am back earlier after all. Does a morning suit you?', 'Всё-таки вернусь раньше. Утро подойдёт?'],
      ],
    ],
  },
]
