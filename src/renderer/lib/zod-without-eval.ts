import { z } from 'zod'

// Zod would compile its checks with `new Function`, which the window's policy forbids and would report.
z.config({ jitless: true })
