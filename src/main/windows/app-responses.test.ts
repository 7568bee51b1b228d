import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Log } from '../telemetry/log'
import { type AppResponsesOptions, answerAppRequest } from './app-responses'
import { pngBytes, webpBytes } from './sample-images'

const PAGE = '<meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>'
const PICTURE = pngBytes(400, 300, 2)
const FILES = new Map<string, Uint8Array>([
  ['aa'.repeat(32), PICTURE],
  ['bb'.repeat(32), Buffer.from('<html><script>alert(1)</script></html>')],
  ['cc'.repeat(32), pngBytes(30_000, 30_000, 2)],
  ['dd'.repeat(32), webpBytes('VP8X', 640, 480)],
])

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'responses-'))
  mkdirSync(join(root, 'renderer', 'assets'), { recursive: true })
  writeFileSync(join(root, 'secret.html'), 'outside')
  writeFileSync(join(root, 'renderer', 'index.html'), PAGE)
  writeFileSync(join(root, 'renderer', '.env.json'), 'hidden')
  writeFileSync(join(root, 'renderer', 'icon.svg'), '<svg/>')
  writeFileSync(join(root, 'renderer', 'tool.exe'), 'MZ')
  writeFileSync(join(root, 'renderer', 'assets', 'index-B2_-x.js'), 'run()')
  for (const [name, bytes] of FILES) {
    mkdirSync(join(root, 'files', name.slice(0, 2)), { recursive: true })
    writeFileSync(join(root, 'files', name.slice(0, 2), name), bytes)
  }
  symlinkSync(root, join(root, 'files', 'ee'))
  mkdirSync(join(root, 'files', 'ff', 'ff'.repeat(32)), { recursive: true })
})
afterAll(() => {
  rmSync(root, { recursive: true, force: true })
})

const errors: unknown[] = []
const note = (fields: unknown) => void errors.push(fields)
const log: Log = { error: note, warn: note, info: note, debug: note, child: () => log }

function options(): AppResponsesOptions {
  return {
    rendererFolder: join(root, 'renderer'),
    filesFolder: join(root, 'files'),
    thumbnails: {
      find: (sha256, width) => Promise.resolve(sha256.startsWith('dd') && width === 320 ? PICTURE : null),
      make: (sha256, width) =>
        Promise.resolve(sha256.startsWith('aa') && width === 80 ? pngBytes(107, 80, 2) : null),
    },
    practiceFile: (fileId) => (fileId === 'AgAC_1-x' ? PICTURE : undefined),
    safePageTexts: () => ({ language: 'en', title: 'A <b>', paragraphs: ["It's & more"], again: 'Again' }),
    log,
  }
}

async function get(url: string, method = 'GET') {
  const { status, headers, body } = await answerAppRequest({ url, method }, options())
  return { status, headers, body: Buffer.from(body) }
}

test('the page comes with a policy whose nonce is new each time and stands in it', async () => {
  const [one, two] = [await get('app://main/'), await get('app://main/index.html')]
  const nonce = /nonce="([\w+/=]{24})"/.exec(one.body.toString())?.[1] ?? ''
  expect({
    body: one.body.toString(),
    headers: one.headers,
    isSameTwice: two.headers['content-security-policy'] === one.headers['content-security-policy'],
  }).toEqual({
    body: PAGE.replaceAll('__CSP_NONCE__', nonce),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' app://files app://practice data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default`,
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    isSameTwice: false,
  })
})

test('files of the page come with their type, hashed ones to be kept', async () => {
  const [script, icon] = [await get('app://main/assets/index-B2_-x.js'), await get('app://main/icon.svg')]
  expect([script.headers, script.body.toString(), icon.headers]).toEqual([
    {
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
    },
    'run()',
    { 'content-type': 'image/svg+xml', 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' },
  ])
})

test.each([
  'app://main/../secret.html',
  'app://main/%2e%2e/secret.html',
  'app://main/%2e%2e%2fsecret.html',
  'app://main/..%5csecret.html',
  'app://main/assets/..%2f..%2fsecret.html',
  'app://main/assets%00/index-B2_-x.js',
  'app://main//etc/passwd',
  'app://main/%2fetc%2fpasswd',
  'app://main/%ff.html',
  'app://main/.env.json',
  'app://main/tool.exe',
  'app://main/assets/',
  'app://main/people',
  'app://main/missing.js',
  'app://files/',
  `app://files/${'AA'.repeat(32)}`,
  `app://files/${'aa'.repeat(31)}`,
  `app://files/${'aa'.repeat(32)}/x`,
  `app://files/${'ab'.repeat(32)}`,
  `app://files/${'aa'.repeat(32)}?w=81`,
  `app://files/${'aa'.repeat(32)}?w=-80`,
  `app://files/${'aa'.repeat(32)}?w=x`,
  'app://files/ee%2fsecret.html',
  'app://practice/missing',
  'app://practice/',
  'app://practice/a%2fb',
  'app://other/',
])('nothing is at %s', async (url) => {
  expect(await get(url)).toEqual({
    status: 404,
    headers: {
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
    body: Buffer.alloc(0),
  })
})

const pictureHeaders = {
  'content-type': 'image/png',
  'content-disposition': 'inline',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, max-age=31536000, immutable',
}

test.each([
  ['a stored picture', `app://files/${'aa'.repeat(32)}`, PICTURE, pictureHeaders],
  ['a small picture made now', `app://files/${'aa'.repeat(32)}?w=80`, pngBytes(107, 80, 2), pictureHeaders],
  [
    'the original where no small one can be made',
    `app://files/${'aa'.repeat(32)}?w=320`,
    PICTURE,
    pictureHeaders,
  ],
  ['a small picture made earlier', `app://files/${'dd'.repeat(32)}?w=320`, PICTURE, pictureHeaders],
  ['a picture of the practice building', 'app://practice/AgAC_1-x', PICTURE, pictureHeaders],
  [
    'what is no picture, only for saving',
    `app://files/${'bb'.repeat(32)}?w=80`,
    FILES.get('bb'.repeat(32)),
    {
      ...pictureHeaders,
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${'bb'.repeat(32)}"`,
    },
  ],
])('%s', async (_what, url, body, headers) => {
  expect(await get(url)).toEqual({ status: 200, headers, body })
})

test('a picture that would unfold to gigabytes is not shown', async () => {
  const { status, body } = await get(`app://files/${'cc'.repeat(32)}`)
  expect([status, body.length]).toEqual([413, 0])
})

test('only reading is served', async () => {
  const post = await get('app://main/', 'POST')
  const head = await get('app://main/', 'HEAD')
  expect([post.status, head.status]).toEqual([405, 200])
})

test('what goes wrong is logged and answered', async () => {
  errors.length = 0
  const directory = await get(`app://files/${'ff'.repeat(32)}`)
  const address = await get('no address')
  expect([directory.status, address.status, errors]).toEqual([
    500,
    500,
    [
      { error: expect.objectContaining({ code: 'EISDIR' }) as unknown, method: 'GET' },
      { error: expect.objectContaining({ code: 'ERR_INVALID_URL' }) as unknown, method: 'GET' },
    ],
  ])
})

test('the safe page holds its words as words and a link back', async () => {
  const { headers, body } = await get('app://main/safe.html')
  const text = body.toString()
  expect([
    headers['content-security-policy'],
    text.includes('<h1>A &#60;b&#62;</h1>'),
    text.includes('<p>It&#39;s &#38; more</p>'),
    text.includes('<a href="/">Again</a>'),
    text.includes('<script'),
  ]).toEqual([
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    true,
    true,
    true,
    false,
  ])
})
