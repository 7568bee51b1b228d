import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../ui/copy-button/copy-button'
import { Dialog } from '../../ui/dialog/dialog'
import { QrCode } from '../../ui/qr/qr-code'
import classes from './places.module.css'

type Props = {
  readonly name: string
  readonly building: string
  readonly link: string
  readonly onClose: () => void
}

/** The code of one place, large enough to be scanned from the screen. */
export function CodeDialog({ name, building, link, onClose }: Props) {
  const { t } = useTranslation('places')
  return (
    <Dialog opened onClose={onClose} size={380} title={name}>
      <div className={classes.code}>
        <p>{building}</p>
        {link === '' ? (
          <p>{t('codes.noBot')}</p>
        ) : (
          <>
            <QrCode text={link} label={t('codes.codeOf', { name })} size={280} />
            <p className={classes.codeLink}>{link}</p>
            <CopyButton text={link} label={t('codes.copy')} done={t('codes.copied')} />
          </>
        )}
      </div>
    </Dialog>
  )
}
