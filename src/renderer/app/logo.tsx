/** The enamel plate with four windows. */
export function Logo() {
  return (
    <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
      <rect width="26" height="26" rx="5" fill="var(--plate)" />
      <rect x="2" y="2" width="22" height="22" rx="3.5" fill="none" stroke="#fff" strokeOpacity=".6" />
      <g fill="#fff">
        <rect x="7" y="6.5" width="5" height="5" rx="1" fillOpacity=".45" />
        <rect x="14" y="6.5" width="5" height="5" rx="1" />
        <rect x="7" y="14" width="5" height="5" rx="1" />
        <rect x="14" y="14" width="5" height="5" rx="1" fillOpacity=".45" />
      </g>
    </svg>
  )
}
