import { keepPreviousData, QueryClient, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { HistoryEntry } from "#data/domain/wire/history.ts";
import type {
  LayersAnswer,
  ListAnswer,
  MyTasksAnswer,
  PointsAnswer,
  SearchAnswer,
  SummaryAnswer,
} from "#data/domain/wire/list.ts";
import type { ProgrammeAnswer } from "#data/domain/wire/programme.ts";
import { address, type Query, send } from "./client.ts";
import { ProblemError } from "./problem.ts";

/** The two time axes as the address carries them; part of every key. */
export interface AsOfQuery {
  readonly at?: string;
  readonly known?: string;
}

const retry = (failures: number, error: Error): boolean =>
  failures < 2 && error instanceof ProblemError && (error.status === 0 || error.status === 503);

export const queryClient = new QueryClient({
  defaultOptions: {
    // Always asked: without a line the worker answers with what it keeps, and what nobody keeps is an error, not a wait.
    queries: {
      networkMode: "always",
      refetchOnReconnect: true,
      staleTime: 30_000,
      retry,
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: "always" },
  },
});

const get =
  <T>(path: string, query: Query = {}) =>
  ({ signal }: { signal: AbortSignal }) =>
    send<T>(address(path, query), { signal });

/** Registry counts by light, one row a layer. */
export const useLayers = (asOf: AsOfQuery) =>
  useQuery({
    queryKey: ["layers", asOf],
    queryFn: get<LayersAnswer>("/api/layers", { ...asOf }),
    placeholderData: keepPreviousData,
  });

export interface ListQuery extends AsOfQuery {
  readonly layers?: string;
  readonly town?: string;
  readonly campaign?: string;
  readonly target?: string;
  readonly light?: string;
  readonly lead?: string;
  readonly due?: string;
  /** `1`: the deleted ones, for who could bring them back. */
  readonly deleted?: string;
  readonly sort?: string;
  readonly limit?: number;
  readonly offset?: number;
}

export const useList = (query: ListQuery, enabled = true) =>
  useQuery({
    queryKey: ["list", query],
    queryFn: get<ListAnswer>("/api/list", { ...query }),
    placeholderData: keepPreviousData,
    enabled,
  });

export type TaskChoice = keyof MyTasksAnswer["counts"];

/** Open tasks of the own unit; `near`: `lon,lat`, from which the nearest comes first. Page by page. */
export const useMyTasks = (only: TaskChoice, near: string | null) =>
  useInfiniteQuery({
    queryKey: ["tasks", only, near],
    queryFn: ({ pageParam, signal }) =>
      send<MyTasksAnswer>(address("/api/tasks/mine", { only, near, after: pageParam }), { signal }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useFeature = (id: string | undefined, asOf: AsOfQuery) =>
  useQuery({
    queryKey: ["feature", id, asOf],
    queryFn: get<FeatureView>(`/api/features/${id}/view`, { ...asOf }),
    enabled: id !== undefined,
  });

export const useHistory = (id: number, asOf: AsOfQuery, enabled: boolean) =>
  useQuery({
    queryKey: ["history", String(id), asOf],
    queryFn: get<{ readonly entries: readonly HistoryEntry[] }>(`/api/features/${id}/history`, { ...asOf }),
    enabled,
  });

export const useSearchHits = (q: string, asOf: AsOfQuery) =>
  useQuery({
    queryKey: ["search", q, asOf],
    queryFn: get<SearchAnswer>("/api/search", { q, ...asOf }),
    enabled: q.trim() !== "",
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });

export interface Activity {
  /** Days (Asia/Shanghai, `YYYY-MM-DD`) with the count of changes made true on that day. */
  readonly days: readonly { readonly day: string; readonly changes: number }[];
  readonly deadlines: readonly { readonly date: string; readonly label: string }[];
}
export const useActivity = (year: number) =>
  useQuery({
    queryKey: ["activity", year],
    queryFn: get<Activity>("/api/activity", { year }),
    staleTime: 300_000,
  });

export const useProgramme = (year: number, asOf: AsOfQuery) =>
  useQuery({
    queryKey: ["programme", year, asOf],
    queryFn: get<ProgrammeAnswer>(`/api/programme/${year}`, { ...asOf }),
  });

export const useSummary = (by: SummaryAnswer["by"], query: ListQuery, enabled = true) =>
  useQuery({
    queryKey: ["summary", by, query],
    queryFn: get<SummaryAnswer>("/api/summary", { by, ...query }),
    enabled,
  });

/** All readable point features of some layers: the source of clusters. */
export const usePoints = (layers: readonly string[], asOf: AsOfQuery) =>
  useQuery({
    queryKey: ["points", layers.join(","), asOf],
    queryFn: get<PointsAnswer>("/api/points", { layers: layers.join(","), ...asOf }),
    placeholderData: keepPreviousData,
    enabled: layers.length > 0,
  });
