import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LOG_LEVELS, LogLevel } from '../../../shared/model/log-line'
import { Button } from '../../ui/button/button'
import classes from './log.module.css'
import type { LogChoice } from './use-log-filter'

/** What is shown of the log. */
export function LogFilters({ choice, scopes }: { choice: LogChoice; scopes: readonly string[] }) {
  const { t } = useTranslation('log')
  return (
    <search className={classes.filters}>
      <input
        className={classes.search}
        type="search"
        aria-label={t('filter.search')}
        placeholder={t('filter.searchHint')}
        maxLength={100}
        value={choice.text}
        onChange={({ target }) => {
          choice.setText(target.value)
        }}
      />
      <input
        className={classes.request}
        aria-label={t('filter.request')}
        placeholder={t('filter.requestHint')}
        maxLength={12}
        value={choice.typed}
        onChange={({ target }) => {
          choice.type(target.value)
        }}
      />
      <Choice
        label={t('filter.level')}
        value={choice.level}
        onChange={(value) => {
          choice.setLevel(LogLevel.parse(value))
        }}
      >
        {LOG_LEVELS.toReversed().map((level) => (
          <option key={level} value={level}>
            {t(`filter.levels.${level}`)}
          </option>
        ))}
      </Choice>
      <Choice
        label={t('filter.scope')}
        value={choice.scope ?? ''}
        onChange={(value) => {
          choice.setScope(value === '' ? null : value)
        }}
      >
        <option value="">{t('filter.allScopes')}</option>
        {scopes.map((scope) => (
          <option key={scope} value={scope}>
            {scope}
          </option>
        ))}
      </Choice>
      {choice.isFiltered ? (
        <Button kind="ghost" onClick={choice.clear}>
          {t('filter.clear')}
        </Button>
      ) : null}
    </search>
  )
}

type ChoiceProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly children: ReactNode
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  return (
    <select
      className={classes.choice}
      aria-label={label}
      value={value}
      onChange={({ target }) => {
        onChange(target.value)
      }}
    >
      {children}
    </select>
  )
}
