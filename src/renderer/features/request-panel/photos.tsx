import { IconFile, IconMicrophone, IconPhotoOff, IconPhotoDown, IconVideo } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { RequestFile } from '../../../shared/model/request'
import { type DeskText, useText } from '../../lib/texts'
import classes from './photos.module.css'

const Lightbox = lazy(() => import('./lightbox').then((file) => ({ default: file.Lightbox })))

/** More photos than this, and the last place tells how many more. */
const SHOWN = 4

/** The photos as a strip, each opening in full; other files by name. */
export function Photos({ files }: { files: readonly RequestFile[] }) {
  const t = useText()
  const [open, setOpen] = useState<number | null>(null)
  const photos = files.filter(({ kind }) => kind === 'photo')
  const others = files.filter(({ kind }) => kind !== 'photo')
  if (files.length === 0) return null
  return (
    <>
      {photos.length > 0 ? (
        <ul className={classes.strip} aria-label={t('panel.photos')}>
          {photos.slice(0, SHOWN).map((photo, index) => (
            <li key={photo.id}>
              <Photo
                photo={photo}
                label={t('panel.openPhoto', { index: index + 1, count: photos.length })}
                more={index === SHOWN - 1 ? photos.length - SHOWN : 0}
                onOpen={() => {
                  setOpen(index)
                }}
              />
            </li>
          ))}
        </ul>
      ) : null}
      {others.length > 0 ? (
        <ul className={classes.files}>
          {others.map((file) => (
            <OtherFile key={file.id} file={file} />
          ))}
        </ul>
      ) : null}
      {open === null ? null : (
        <Suspense fallback={null}>
          <Lightbox
            photos={photos}
            index={open}
            onChange={setOpen}
            onClose={() => {
              setOpen(null)
            }}
          />
        </Suspense>
      )}
    </>
  )
}

type PhotoProps = {
  readonly photo: RequestFile
  readonly label: string
  readonly more: number
  readonly onOpen: () => void
}

function Photo({ photo, label, more, onOpen }: PhotoProps) {
  const t = useText()
  const [isBroken, setBroken] = useState(false)
  if (photo.state !== 'stored' || photo.sha256 === null || isBroken) {
    const Icon = photo.state === 'waiting' ? IconPhotoDown : IconPhotoOff
    return (
      <span className={classes.missing}>
        <Icon size={16} stroke={1.6} aria-hidden="true" />
        {stateText(photo, t)}
      </span>
    )
  }
  return (
    <button type="button" className={classes.photo} aria-label={label} onClick={onOpen}>
      <img
        src={`app://files/${photo.sha256}?w=320`}
        alt=""
        decoding="async"
        draggable={false}
        onError={() => {
          setBroken(true)
        }}
      />
      {more > 0 ? <span className={classes.more}>+{more}</span> : null}
    </button>
  )
}

function stateText({ state }: RequestFile, t: DeskText): string {
  if (state === 'waiting') return t('panel.photoWaiting')
  return state === 'too-big' ? t('panel.photoTooBig') : t('panel.photoFailed')
}

const FILE_ICONS = { video: IconVideo, voice: IconMicrophone, document: IconFile, photo: IconFile } as const

function OtherFile({ file }: { file: RequestFile }) {
  const t = useText()
  const Icon = FILE_ICONS[file.kind]
  const kind = { video: t('panel.video'), voice: t('panel.voice'), document: t('panel.file'), photo: '' }[
    file.kind
  ]
  return (
    <li>
      <Icon size={14} stroke={1.6} aria-hidden="true" />
      <span>{file.name || kind}</span>
      {file.state === 'stored' ? null : <span className={classes.state}>{stateText(file, t)}</span>}
    </li>
  )
}
