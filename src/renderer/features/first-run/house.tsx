import { useTranslation } from 'react-i18next'
import { BoardStatus } from '../../../shared/model/vocabulary'
import { useText } from '../../lib/texts'
import { StatusMark } from '../../ui/marks/status-mark'
import classes from './first-run.module.css'

/** Marks are 14 wide and size themselves as boxes do, so each stands in a box; windows are 20. */
const SCALE = 20 / 14

const WINDOWS: readonly { x: number; y: number; status: BoardStatus }[] = [
  { x: 46, y: 48, status: 'RESOLVED' },
  { x: 86, y: 48, status: 'OPEN' },
  { x: 126, y: 48, status: 'RESOLVED' },
  { x: 166, y: 48, status: 'ASSIGNED' },
  { x: 46, y: 82, status: 'IN_PROGRESS' },
  { x: 86, y: 82, status: 'RESOLVED' },
  { x: 126, y: 82, status: 'ON_HOLD' },
  { x: 166, y: 82, status: 'RESOLVED' },
  { x: 46, y: 116, status: 'RESOLVED' },
  { x: 86, y: 116, status: 'ASSIGNED' },
  { x: 126, y: 116, status: 'RESOLVED' },
  { x: 166, y: 116, status: 'IN_PROGRESS' },
  { x: 212, y: 100, status: 'RESOLVED' },
  { x: 252, y: 100, status: 'IN_PROGRESS' },
  { x: 212, y: 136, status: 'OPEN' },
  { x: 252, y: 136, status: 'RESOLVED' },
]

const WALLS =
  'M28 188V30h168v158M20 30h184M36 22h152v8M196 84h92v104M196 84h98M10 188h296M96 188v-40h30v40M96 156h30'

/** The house of the guide, whose windows are the status marks, and what they mean. */
export function House() {
  const { t } = useTranslation('guide')
  const desk = useText()
  return (
    <>
      <svg className={classes.house} viewBox="0 0 316 196" width="316" role="img" aria-label={t('house')}>
        <path d={WALLS} fill="none" stroke="var(--line-control)" strokeWidth="1.25" />
        <circle cx="121" cy="172" r="1.6" fill="var(--line-control)" />
        {WINDOWS.map(({ x, y, status }) => (
          <foreignObject
            width="14"
            height="14"
            key={`${String(x)} ${String(y)}`}
            transform={`translate(${String(x)} ${String(y)}) scale(${String(SCALE)})`}
          >
            <StatusMark status={status} />
          </foreignObject>
        ))}
        <rect x="134" y="152" width="28" height="17" rx="3" fill="var(--plate)" />
        <text x="148" y="164.5" textAnchor="middle" fontSize="11" fontWeight="650" fill="#fff">
          12
        </text>
      </svg>
      <ul className={classes.legend}>
        {BoardStatus.options.map((status) => (
          <li key={status}>
            <StatusMark status={status} />
            {desk(`status.${status}`)}
          </li>
        ))}
      </ul>
    </>
  )
}
