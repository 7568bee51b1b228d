import { SegmentedControl, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { UnitKind } from '../../../shared/model/vocabulary'
import type { UnitNames } from './parse-unit-names'
import classes from './units-form.module.css'

/** What is being typed about new units. */
export type UnitsDraft = { readonly text: string; readonly kind: UnitKind }

type Props = {
  readonly draft: UnitsDraft
  readonly names: UnitNames
  readonly onChange: (draft: UnitsDraft) => void
  readonly size?: 'sm' | 'lg'
  /** First-run asks for flats and offices only; common places come later. */
  readonly withKind?: boolean
}

/** Takes "1-40, Office 2.07" and shows at once what it will become. */
export function UnitsForm({ draft, names, onChange, size = 'sm', withKind = true }: Props) {
  const { t } = useTranslation('places')
  return (
    <div className={classes.form}>
      {withKind ? (
        <SegmentedControl<UnitKind>
          aria-label={t('units.kind')}
          value={draft.kind}
          data={[
            { value: 'unit', label: t('units.kindUnit') },
            { value: 'common', label: t('units.kindCommon') },
          ]}
          onChange={(kind) => {
            onChange({ ...draft, kind })
          }}
        />
      ) : null}
      <Textarea
        data-autofocus={withKind}
        label={t(draft.kind === 'unit' ? 'units.names' : 'units.commonNames')}
        description={t(draft.kind === 'unit' ? 'units.namesHint' : 'units.commonHint')}
        value={draft.text}
        size={size}
        autosize
        minRows={2}
        maxRows={8}
        onChange={(event) => {
          onChange({ ...draft, text: event.currentTarget.value })
        }}
      />
      <UnitsPreview names={names} />
    </div>
  )
}

const SHOWN = 60

function UnitsPreview({ names }: { names: UnitNames }) {
  const { t } = useTranslation('places')
  const more = names.names.length - SHOWN
  return (
    <div className={classes.preview} aria-live="polite">
      <p className={classes.count}>
        {names.names.length === 0
          ? t('units.previewNone')
          : t('units.preview', { count: names.names.length })}
      </p>
      {names.names.length > 0 ? (
        <ul className={classes.chips}>
          {names.names.slice(0, SHOWN).map((name) => (
            <li key={name}>{name}</li>
          ))}
          {more > 0 ? <li className={classes.more}>{t('units.more', { count: more })}</li> : null}
        </ul>
      ) : null}
      {names.repeated.length > 0 ? <p>{t('units.repeated', { count: names.repeated.length })}</p> : null}
      {names.tooMany ? <p className={classes.problem}>{t('units.tooMany')}</p> : null}
      {names.tooLong === null ? null : <p className={classes.problem}>{t('units.tooLong')}</p>}
    </div>
  )
}
