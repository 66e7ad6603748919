import { useQuery } from "@tanstack/react-query";
import type { Geometry } from "#data/domain/change.ts";
import townshipsUrl from "#data/seed/geo/townships.geojson?url&no-inline";
import { type Border, borderOf } from "./border.ts";

interface Townships {
  readonly features: readonly {
    readonly properties: { readonly code: string; readonly name: string };
    readonly geometry: Geometry;
  }[];
}

/** Borders of the eleven towns as they are shown and snapped to; the database holds the same and decides. */
export const useTownBorders = () =>
  useQuery({
    queryKey: ["town-borders"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<readonly Border[]> => {
      const answer = (await (await fetch(townshipsUrl)).json()) as Townships;
      return answer.features.map(({ properties, geometry }) =>
        borderOf(properties.code, properties.name, geometry),
      );
    },
  });
