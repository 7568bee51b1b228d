import { useTranslation } from 'react-i18next'
import type { Facts } from '../../../shared/model/facts'
import { Part } from './part'
import type { PartsProps } from './parts-props'
import { Sparkline } from './sparkline'
import { useSay } from './use-say'

/** Where the requests lie: file, copies, disk. */
export function DataParts({ facts, history, span, states }: PartsProps) {
  const { t } = useTranslation('health')
  const say = useSay()
  const { database, disk } = facts
  const charts = history === undefined ? null : { history, span }
  return (
    <>
      <Part
        title={t('part.database')}
        state={states.database}
        facts={[
          [t('fact.size'), say.size(database.bytes)],
          [t('fact.log'), say.size(database.walBytes)],
          [t('fact.check'), t(CHECKS[database.check])],
        ]}
      >
        {charts && <Sparkline {...charts} of="databaseBytes" kind="level" say={say.size} />}
      </Part>
      <BackupPart backup={facts.backup} state={states.backup} />
      <Part
        title={t('part.disk')}
        state={states.disk}
        facts={[[t('fact.free'), isKnown(disk.freeBytes) ? say.size(disk.freeBytes) : t('fact.unknownYet')]]}
      >
        {charts && isKnown(disk.freeBytes) ? (
          <Sparkline {...charts} of="freeBytes" kind="level" say={say.size} />
        ) : null}
      </Part>
    </>
  )
}

const CHECKS = { ok: 'fact.checkOk', failed: 'fact.checkFailed', 'none-yet': 'fact.checkNone' } as const

/** Before the first look at the disk nothing is known of it. */
function isKnown(freeBytes: number): boolean {
  return freeBytes > 0 && freeBytes < Number.MAX_SAFE_INTEGER
}

function BackupPart({ backup, state }: { backup: Facts['backup']; state: PartsProps['states']['backup'] }) {
  const { t } = useTranslation('health')
  const say = useSay()
  const last = backup?.lastAt ?? null
  const words = backup === null ? t('fact.practice') : last === null ? t('fact.none') : say.when(last)
  return <Part title={t('part.backup')} state={state} facts={[[t('fact.last'), words]]} />
}
