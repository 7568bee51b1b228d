import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { RequestId } from '../../../shared/model/ids'
import { client } from '../../lib/client'

type After = { endedAt: number; id: RequestId } | null

const PAGE = 100

/** The requests that are over, newest first, a page at a time. */
export function useArchive() {
  const query = useInfiniteQuery({
    queryKey: ['requests', 'archive'],
    queryFn: ({ pageParam }) => client.requests.archive({ after: pageParam, limit: PAGE }),
    initialPageParam: null as After,
    getNextPageParam: (page): After | undefined => {
      const last = page.requests.at(-1)
      return page.hasMore && last ? { endedAt: last.endedAt, id: last.id } : undefined
    },
  })
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query
  // After an error scrolling alone does not ask again: that would hammer a database in trouble.
  const canLoad = hasNextPage && !isFetchingNextPage && !isError
  const loadMore = useCallback(() => {
    if (canLoad) void fetchNextPage()
  }, [canLoad, fetchNextPage])
  return {
    requests: query.data?.pages.flatMap((page) => page.requests) ?? [],
    total: query.data?.pages.at(-1)?.total ?? 0,
    isLoaded: query.isSuccess,
    isLoadingMore: isFetchingNextPage,
    error: query.error,
    loadMore,
    tryAgain: () => void fetchNextPage(),
  }
}
