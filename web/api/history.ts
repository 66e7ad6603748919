import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { AreaHistoryAnswer, HistoryEntry, HistoryShapes } from "#data/domain/wire/history.ts";
import type { ChangesReply, RevertPreview } from "#data/domain/wire/write.ts";
import { recordDeed } from "../session/record.ts";
import { address, send } from "./client.ts";
import type { AsOfQuery } from "./queries.ts";
import { useSession } from "./session.ts";

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

/** A write whose key was made when the person acted; refetches what shows it. */
function useWrite<T>(path: string, nameOf: (body: T) => string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { readonly body: T; readonly key: string }) =>
      send<ChangesReply>(path, { method: "POST", body, headers: { "Idempotency-Key": key } }),
    onSuccess: (reply, { body }) => {
      recordDeed({ seq: reply.seq, name: nameOf(body) });
      useSession.getState().saw(reply.seq);
      void client.invalidateQueries();
    },
  });
}

interface RestoreBody {
  readonly changes: readonly [
    { readonly op: "restore"; readonly feature: number; readonly base: number; readonly version?: number },
  ];
  readonly reason: string;
}
/** Undeletes a place, or brings an older version back as a new one. */
export const useRestore = () =>
  useWrite<RestoreBody>("/api/changes", ({ changes: [{ version }] }) =>
    version === undefined ? "恢复删除的一处" : `恢复到第 ${version} 版`,
  );

interface TakeBackBody {
  readonly seqs: readonly number[];
  readonly reason: string;
}
export const useRevert = () =>
  useWrite<TakeBackBody>("/api/changes/revert", ({ seqs }) => `撤回 ${seqs.length} 个变更`);

/** What a revert would change; writes nothing. */
export const usePreview = () =>
  useMutation({
    mutationFn: (seqs: readonly number[]) =>
      send<RevertPreview>("/api/changes/revert", {
        method: "POST",
        body: { seqs, reason: "预览", dryRun: true },
      }),
  });
