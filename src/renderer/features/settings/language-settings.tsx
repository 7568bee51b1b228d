import { SegmentedControl } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Language } from '../../../shared/model/vocabulary'
import { appState } from '../../lib/app-state'
import { client } from '../../lib/client'
import { speak, useLanguage } from '../../lib/texts'
import { LANGUAGE_NAMES } from '../../ui/languages'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { SettingsGroup } from './settings-group'

/** The desk's language; residents choose their own. */
export function LanguageSettings() {
  const { t } = useTranslation('settings')
  const language = useLanguage()
  const change = useMutation({
    mutationFn: async (next: Language) => {
      await client.app.setLanguage({ language: next })
      await Promise.all([speak(next), appState.refresh()])
    },
  })
  return (
    <SettingsGroup title={t('language.title')}>
      <SegmentedControl<Language>
        aria-label={t('language.title')}
        value={language}
        data={Language.options.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        onChange={(next) => {
          change.mutate(next)
        }}
      />
      <p>{t('language.text')}</p>
      <RefusalNote error={change.error} />
    </SettingsGroup>
  )
}
