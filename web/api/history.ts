import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import type { AreaHistoryAnswer, HistoryEntry, HistoryShapes } from "#data/domain/wire/history.ts";
import type { RevertPreview } from "#data/domain/wire/write.ts";
import { address, send } from "./client.ts";
import type { AsOfQuery } from "./queries.ts";

interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  readonly next: number | null;
}

/** What happened to one place, newest first, a page at a time. */
export const usePlaceHistory = (id: number, asOf: AsOfQuery, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ["history", "pages", id, asOf],
    queryFn: ({ pageParam, signal }) =>
      send<HistoryPage>(
        address(`/api/features/${id}/history`, { ...asOf, limit: 60, before: pageParam || undefined }),
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    enabled,
  });

/** Both shapes of one changeset. */
export const fetchShapes = (id: number, seq: number, asOf: AsOfQuery) =>
  send<HistoryShapes>(address(`/api/features/${id}/history/${seq}`, { ...asOf }));

export interface AreaQuery extends AsOfQuery {
  readonly town?: string;
  readonly unit?: string;
  readonly from?: string;
  readonly to?: string;
  readonly bbox?: string;
}

/** What happened in an area, by changeset. */
export const useAreaHistory = (query: AreaQuery) =>
  useInfiniteQuery({
    queryKey: ["history", "area", query],
    queryFn: ({ pageParam, signal }) =>
      send<AreaHistoryAnswer>(
        address("/api/history", { ...query, limit: 40, before: pageParam || undefined }),
        {
          signal,
        },
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** What a revert would change; writes nothing. */
export const usePreview = () =>
  useMutation({
    mutationFn: (seqs: readonly number[]) =>
      send<RevertPreview>("/api/changes/revert", {
        method: "POST",
        body: { seqs, reason: "预览", dryRun: true },
      }),
  });
