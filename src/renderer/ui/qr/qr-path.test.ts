import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { qrPath } from './qr-path'

test('a run of dark modules becomes one box', () => {
  const modules = [
    [true, true, false, true],
    [false, false, false, false],
    [false, true, true, true],
  ]
  expect(qrPath(modules)).toBe('M0 0h2v1H0zM3 0h1v1H3zM1 2h3v1H1z')
})

test('the boxes cover exactly the dark modules of a real code', () => {
  const { data } = encode('https://t.me/linden_help_bot?start=u_8fk2', { ecc: 'M', border: 4 })
  const covered = data.map((row) => row.map(() => false))
  for (const [, x, y, width] of qrPath(data).matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let step = 0; step < Number(width); step += 1) {
      const row = covered[Number(y)]
      if (row) row[Number(x) + step] = true
    }
  }
  expect(covered).toEqual(data)
})
