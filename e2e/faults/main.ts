import { CUTS } from './crash-disk'
import { chooseCuts, playCuts } from './power'
import { record } from './power-recording'
import { randomOf } from './random'
const seed = Number(process.argv[2] ?? 1)
const random = randomOf(seed)
let t = Date.now()
const recording = await record({ residents: 10, isFirstStart: process.argv[3] === 'first', kills: 1 }, random)
console.log(
  'recorded',
  recording.ops.length,
  recording.calls.length,
  recording.assigned.length,
  Date.now() - t,
  CUTS.length,
)
t = Date.now()
const images = await playCuts(
  recording,
  chooseCuts(recording, Number(process.argv[4] ?? 60), random),
  random,
  '/tmp/faults-keep',
)
console.log(
  Date.now() - t,
  images
    .filter((i) => i.violations.length > 0)
    .map((i) => JSON.stringify(i))
    .join('\n'),
)
console.log('images', images.length, 'bad', images.filter((i) => i.violations.length > 0).length)
await recording.close()
process.exit(0)
