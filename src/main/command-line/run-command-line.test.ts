import { describe, expect, test } from 'vitest'
import { type Call, type Command, type CommandLine, UsageError } from './command'
import { runCommandLine } from './run-command-line'

const calls: Call[] = []

const paint: Command = {
  name: 'paint',
  summary: 'Paint a wall',
  details: ['Twice, if need be.'],
  args: [
    { name: 'wall', summary: 'which one', isRequired: true },
    { name: 'colour', summary: 'white when left out', isRequired: false },
  ],
  options: [
    { name: 'coats', short: 'c', value: 'number', summary: 'how often' },
    { name: 'wet', summary: 'do not wait' },
  ],
  run: async (call, { note, confirm }) => {
    calls.push(call)
    note('Mixing …')
    if (call.args[0] === 'door') throw new UsageError('A door is no wall')
    if (call.args[0] === 'window')
      throw Object.assign(new Error('It broke'), { code: 'broken', details: { panes: 2 } })
    if (call.args[0] === 'roof') throw new Error('Too high?')
    const answer = await (confirm('Really?') ?? 'nobody asked')
    return {
      isGood: call.args[0] !== 'crack',
      lines: [`Painted ${call.args.join(' ')}`, String(answer)],
      data: { answer },
    }
  },
}

const line: CommandLine = {
  program: 'house',
  afterGroup: ' --',
  summary: 'Commands of a house',
  table: [
    paint,
    {
      name: 'garden',
      summary: 'What grows',
      commands: [{ ...paint, name: 'water', run: () => ({ isGood: true, lines: [], data: {} }) }],
    },
  ],
}

async function run(words: readonly string[], person: boolean | null = null) {
  const printed = { out: '', error: '' }
  const code = await runCommandLine(line, words, {
    out: (text) => (printed.out += text),
    error: (text) => (printed.error += text),
    confirm: () => (person === null ? null : Promise.resolve(person)),
  })
  return { code, ...printed }
}

describe('a command', () => {
  test('is given what was said, in any order', async () => {
    calls.length = 0
    await run(['paint', '--wet', 'hall', '-c', '2', '-1'])
    expect(calls).toEqual([
      { args: ['hall', '-1'], switches: new Set(['wet']), values: new Map([['coats', '2']]) },
    ])
  })

  test('says how it goes to people, and its result to everybody', async () => {
    expect([await run(['paint', 'hall'], true), await run(['paint', 'hall', '--json'], true)]).toEqual([
      { code: 0, out: 'Painted hall\ntrue\n', error: 'Mixing …\n' },
      { code: 0, out: '{\n  "ok": true,\n  "command": "paint",\n  "answer": "nobody asked"\n}\n', error: '' },
    ])
  })

  test('that finds something ends with 1, one that fails too, one that was called wrongly with 2', async () => {
    expect([
      await run(['paint', 'crack']),
      await run(['paint', 'roof']),
      await run(['paint', 'door']),
      await run(['paint']),
      await run(['paint', 'hall', 'red', 'more']),
      await run(['paint', 'hall', '--coats']),
    ]).toMatchObject([
      { code: 1, out: 'Painted crack\nnobody asked\n' },
      { code: 1, error: 'Mixing …\nToo high?\n' },
      { code: 2, error: 'Mixing …\nA door is no wall.\n' },
      { code: 2, error: 'paint needs <wall>.\n' },
      { code: 2, error: 'paint does not take "more".\n' },
      { code: 2, error: "Option '-c, --coats <value>' argument missing.\n" },
    ])
  })

  test('that fails tells scripts its code and details', async () => {
    const { code, out, error } = await run(['paint', 'window', '--json'])
    expect([code, JSON.parse(out), error]).toEqual([
      1,
      { ok: false, error: { code: 'broken', message: 'It broke', panes: 2 } },
      '',
    ])
  })
})

describe('the help', () => {
  test('of a command tells all that it takes', async () => {
    expect((await run(['paint', '--help'])).out).toBe(
      [
        'Usage: house paint <wall> [colour] [options]',
        '',
        'Paint a wall.',
        '',
        'Twice, if need be.',
        '',
        '  <wall>    which one',
        '  <colour>  white when left out',
        '',
        'Options:',
        '  -c, --coats <number>  how often',
        '  --wet                 do not wait',
        '  --json                print the result as JSON, for scripts',
        '  -h, --help            show this help',
        '',
        'Exit codes: 0 done and all is well, 1 failed or something found, 2 wrong usage.',
        '',
      ].join('\n'),
    )
  })

  test('of all tells every command, and each group its own', async () => {
    const asked = [['--help'], ['help'], ['-h'], ['garden', '--help']]
    const told = await Promise.all(asked.map((words) => run(words)))
    expect(told.map(({ code, out }) => [code, out.split('\n').slice(0, 6).join('\n')])).toEqual([
      ...Array.from({ length: 3 }, () => [
        0,
        'Usage: house <command> [options]\n\nCommands of a house.\n\n  paint <wall> [colour]  Paint a wall\n  garden …               What grows',
      ]),
      [
        0,
        'Usage: house garden -- <command> [options]\n\nWhat grows.\n\n  water <wall> [colour]  Paint a wall\n',
      ],
    ])
  })

  test('is pointed to when nothing or nonsense is asked for', async () => {
    expect([await run([]), await run(['garden', 'dig'])]).toEqual([
      { code: 2, out: '', error: 'Say what to do. house --help shows what there is.\n' },
      { code: 2, out: '', error: 'There is no command "dig". house garden -- --help shows what there is.\n' },
    ])
  })
})
