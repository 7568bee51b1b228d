import { Modal } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconX, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import type { RequestFile } from '../../../shared/model/request'
import { useNow } from '../../lib/now'
import { useLanguage, useText } from '../../lib/texts'
import { happenedAt } from '../../lib/time'
import { IconButton } from '../../ui/button/button'
import classes from './lightbox.module.css'

type Props = {
  readonly photos: readonly RequestFile[]
  readonly index: number
  readonly onChange: (index: number) => void
  readonly onClose: () => void
}

/** One photo in full: arrows lead to the others, a press shows its full size. */
export function Lightbox({ photos, index, onChange, onClose }: Props) {
  const t = useText()
  const [isZoomed, setZoomed] = useState(false)
  const photo = photos[index]
  const go = (step: -1 | 1) => {
    const next = (index + step + photos.length) % photos.length
    setZoomed(false)
    onChange(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') go(-1)
    else if (event.key === 'ArrowRight') go(1)
    else if (event.key === '+' || event.key === '-') setZoomed(event.key === '+')
    else return
    event.preventDefault()
  }
  const title = t('panel.photo', { index: index + 1, count: photos.length })
  const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const
  return (
    <Modal.Root opened onClose={onClose} fullScreen onKeyDown={onKeyDown}>
      <Modal.Content classNames={{ content: classes.content ?? '' }} aria-label={title}>
        <div className={classes.bar}>
          <span className={classes.title}>{title}</span>
          {photo ? <By photo={photo} /> : null}
          <span className={classes.grow} />
          <IconButton
            label={t(isZoomed ? 'panel.zoomOut' : 'panel.zoomIn')}
            onClick={() => {
              setZoomed(!isZoomed)
            }}
          >
            {isZoomed ? <IconZoomOut {...icon} /> : <IconZoomIn {...icon} />}
          </IconButton>
          <IconButton label={t('panel.close')} data-autofocus onClick={onClose}>
            <IconX {...icon} />
          </IconButton>
        </div>
        <div className={classes.stage} data-zoomed={isZoomed || undefined}>
          {photo?.sha256 ? <img src={`app://files/${photo.sha256}`} alt={title} draggable={false} /> : null}
        </div>
        {photos.length > 1 ? (
          <div className={classes.arrows}>
            <IconButton
              label={t('panel.previousPhoto')}
              onClick={() => {
                go(-1)
              }}
            >
              <IconChevronLeft {...icon} />
            </IconButton>
            <IconButton
              label={t('panel.nextPhoto')}
              onClick={() => {
                go(1)
              }}
            >
              <IconChevronRight {...icon} />
            </IconButton>
          </div>
        ) : null}
      </Modal.Content>
    </Modal.Root>
  )
}

function By({ photo }: { photo: RequestFile }) {
  const t = useText()
  const language = useLanguage()
  const now = useNow()
  if (photo.uploadedBy === null) return null
  const when = happenedAt(photo.uploadedAt, now, language, t)
  return <span className={classes.by}>{t('panel.photoBy', { name: photo.uploadedBy.name, when })}</span>
}
