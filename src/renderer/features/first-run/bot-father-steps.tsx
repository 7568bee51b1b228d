import { Trans, useTranslation } from 'react-i18next'
import { client } from '../../lib/client'
import classes from './first-run.module.css'

const BOT_FATHER = 'https://t.me/BotFather'

/** How to get a token, in three lines. */
export function BotFatherSteps() {
  const { t } = useTranslation('guide')
  return (
    <ol className={classes.how}>
      <li data-n="1">
        <span>
          <Trans
            t={t}
            i18nKey="bot.how1"
            components={{
              code: <code />,
              father: (
                <button
                  type="button"
                  className={classes.textLink}
                  onClick={() => void client.app.openLink({ url: BOT_FATHER }).catch(() => undefined)}
                />
              ),
            }}
          />
        </span>
      </li>
      <li data-n="2">
        <span>{t('bot.how2')}</span>
      </li>
      <li data-n="3">
        <span>{t('bot.how3')}</span>
      </li>
    </ol>
  )
}
